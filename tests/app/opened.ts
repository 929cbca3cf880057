/** The page without a surface and without a browser: with a worker that remembers what it was told. */
import { onTestFinished, vi } from 'vitest';
import { openPage, type Page } from '../../src/app/page.ts';
import type { Worker } from '../../src/app/playback.ts';
import type { PresentedWords } from '../../src/app/present/link.ts';
import { experiment as schema } from '../../src/catalog/experiment.ts';
import { changes } from '../../src/settings/index.ts';
import type { Checkpoint, RunCommand } from '../../src/worker/protocol.ts';
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
  let run = 0;
  let step = 0;
  let isNews = false;
  return {
    run(command) {
      const goesOn =
        experiment !== undefined &&
        !command.fresh &&
        changes(schema, experiment, command.experiment).every(({ live }) => live);
      if (!goesOn) {
        run += 1;
        step = 0;
      }
      experiment = command.experiment;
      isNews = true;
    },
    async frame({ steps, checkpoint }) {
      if (!experiment) throw new Error('nothing was told to be played');
      const settings = isNews ? { after: 0, these: [{ step, experiment }] } : undefined;
      isNews = false;
      step += steps;
      const state = { ...nothing, step, evaluations: step };
      return frameAt(step, { run, settings, ...(checkpoint && { checkpoint: { experiment, state } }) });
    },
  };
}
