/** The page without a surface and without a browser: with a worker that remembers what it was told. */
import { onTestFinished, vi } from 'vitest';
import { openPage, type Page } from '../../src/app/page.ts';
import type { Worker } from '../../src/app/playback.ts';
import type { PresentedWords } from '../../src/app/present/link.ts';
import { experiment as schema } from '../../src/catalog/experiment.ts';
import { changes } from '../../src/settings/index.ts';
import type { Checkpoint, Frame, FrameCommand, RunCommand, SettingsFrom } from '../../src/worker/protocol.ts';
import { frameAt } from './frames.ts';

export interface OpenedModel {
  readonly page: Page;
  /** What the workers were told to play, in order. */
  readonly told: Omit<RunCommand, 'type'>[];
  /** The last text of the address bar. */
  address(): string;
}

/** `more` is of workers that do answer, `presented` what the link says of presenting. */
export function openModel(
  address: string,
  more: () => Partial<Worker> = () => ({}),
  presented?: PresentedWords,
): OpenedModel {
  const told: Omit<RunCommand, 'type'>[] = [];
  let written = address;
  // Once for all pages of a test, and until the last of them is closed.
  if (typeof document === 'undefined') {
    onTestFinished(() => void vi.unstubAllGlobals());
    vi.stubGlobal('document', {
      addEventListener() {},
      removeEventListener() {},
      visibilityState: 'visible',
    });
    vi.stubGlobal('requestAnimationFrame', () => 0);
    vi.stubGlobal('cancelAnimationFrame', () => {});
  }
  const page = openPage({
    address,
    presented,
    startsPlaying: false,
    home: () => 'https://saddle.example/',
    onAddress: (text) => {
      written = text;
    },
    start() {
      const { run, ...others } = more();
      return {
        run(command) {
          told.push(command);
          run?.(command);
        },
        frame: () => new Promise(() => {}), // it never answers
        fail() {},
        onLoading() {},
        close() {},
        isGone: () => false,
        stop() {},
        ...others,
      };
    },
  });
  onTestFinished(() => page.close());
  return { page, told, address: () => written };
}

/** What a run of a plane remembers where its players remember nothing. */
const nothing: Checkpoint['state'] = {
  step: 0,
  point: new Float64Array(2),
  memory: { scheme: {}, generator: {}, discriminator: {}, adjustment: {}, lookahead: {}, averaging: {} },
  states: {},
  evaluations: 0,
  products: 0,
};

/** A worker that answers at once, as one does whose runs go well: it counts steps and runs, and computes nothing. */
export function counting(): Partial<Worker> {
  let experiment: RunCommand['experiment'] | undefined;
  let settings: SettingsFrom[] = [];
  /** So many of them were told. */
  let known = 0;
  let [run, step, furthest, forks] = [0, 0, 0, 0];
  return {
    run(command) {
      const goesOn =
        experiment !== undefined &&
        !command.fresh &&
        changes(schema, experiment, command.experiment).every(({ live }) => live);
      if (!goesOn) {
        run += 1;
        [step, furthest, forks] = [0, 0, 0];
        settings = [];
        known = 0;
      }
      experiment = command.experiment;
      settings.push({ step, experiment });
    },
    async frame({ steps, checkpoint, goTo }) {
      if (!experiment) throw new Error('nothing was told to be played');
      if (goTo !== undefined) step = Math.min(goTo, furthest);
      else if (steps > 0 && step < furthest) forks += 1;
      step += steps;
      furthest = steps > 0 ? step : furthest;
      const news = known < settings.length && { settings: { after: known, these: settings.slice(known) } };
      known = settings.length;
      const state = { ...nothing, step, evaluations: step };
      return frameAt(step, {
        run,
        furthest,
        forks,
        ...news,
        ...(checkpoint && { checkpoint: { experiment, state } }),
      });
    },
  };
}

/** A question that is answered by hand. */
export interface Question {
  readonly command: Omit<FrameCommand, 'type'>;
  /** As a worker does that counts, but for what is `more`; waits until all has come of it that does by itself. */
  answer(more?: Partial<Frame>): Promise<void>;
  refuse(message: string): Promise<void>;
}

/** A worker that counts, ten steps where as many are wanted as fit, and answers when it is told to. */
export interface Patient {
  readonly worker: Partial<Worker>;
  /** All that were asked, and the one that is open. */
  readonly asked: readonly Question[];
  readonly open: Question | undefined;
  /** Answers until nothing is asked any more. */
  rest(): Promise<void>;
}

/** Until all has happened that was about to. */
export const turn = () => new Promise<void>((resolve) => setTimeout(resolve));
/** Whoever asks more often asks for ever. */
const MOST_ASKED = 100;
/** Nobody asks for more steps by hand. */
const MOST_BY_HAND = 1000;

export function patient(): Patient {
  const { run, frame } = counting() as Required<ReturnType<typeof counting>>;
  const asked: Question[] = [];
  let open: Question | undefined;
  const closed = <T>(end: (result: T) => void, result: T): Promise<void> => {
    open = undefined;
    end(result);
    return turn();
  };
  return {
    worker: {
      run,
      frame: (command) =>
        new Promise((resolve, reject) => {
          const known = frame({ ...command, steps: command.steps > MOST_BY_HAND ? 10 : command.steps });
          open = {
            command,
            answer: async (more) => closed(resolve, { ...(await known), ...more }),
            refuse: (message) => closed(reject, new Error(message)),
          };
          asked.push(open);
        }),
    },
    asked,
    get open() {
      return open;
    },
    async rest() {
      for (let i = 0; open; i++) {
        if (i === MOST_ASKED) throw new Error('it is asked without an end');
        await open.answer();
      }
    },
  };
}

/** A page whose workers answer by hand, in the order in which they were started. */
export function openPatient(address: string): OpenedModel & { readonly workers: readonly Patient[] } {
  const workers: Patient[] = [];
  const opened = openModel(address, () => {
    const next = patient();
    workers.push(next);
    return next.worker;
  });
  return { ...opened, workers };
}
