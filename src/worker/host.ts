/** The run's end of the wire: holds one session and does what the commands say, in their order. */

import type { Experiment } from '../catalog/experiment.ts';
import { type Choice, chooseDevice, firstDevice, openRescue } from '../engine/choose.ts';
import { type Device, openDevice } from '../engine/devices.ts';
import { openObserverOf } from '../engine/observatory.ts';
import { isPrepared, prepare, type ReadFile } from '../engine/prepare.ts';
import { openSession, type Session } from '../engine/session.ts';
import { findProbe, probesFor } from './probes.ts';
import {
  type Answer,
  AUTO,
  type Command,
  type FrameCommand,
  type Loading,
  type Lost,
  type RunCommand,
  type Wire,
} from './protocol.ts';

/** The first pictures come before devices are measured: meanwhile the run is played on the usual one. */
const MEASURED_AFTER_MS = 1000;

/** Commands are looked for between pieces of training this long. */
const PIECE_MS = 6;
/** Without a word from the page, training goes on for so long. */
const MOST_ALONE_MS = 250;
/** A run that goes on is observed for at most a part of its time: one in so many, and then only if that is soon. */
const PARTS_OF_TRAINING = 12;
const LATEST_FRAME_MS = 50;

/** Serves a wire until it is closed. */
export function serve(wire: Wire, read: ReadFile): void {
  const observer = openObserverOf(findProbe);
  let session: Session | undefined;
  let device: Device | undefined;
  let choice: Choice['measured'] = [];
  /** What went wrong with the last `run`: told by the next answer, or by all while there is no other run. */
  let failed: string | undefined;
  let last: Promise<void> = Promise.resolve();
  /** A device that was lost, as the next frame tells. */
  let lost: Lost | undefined;
  /** The device in use is to be chosen by measuring, but is not yet. */
  let isOpen = false;
  /** Commands that have come and are not carried out yet. */
  let waiting = 0;
  /** Steps taken since the last frame, by nobody's command. */
  let ahead = 0;
  /** Steps that may be taken now, until somebody asks. */
  let left = 0;
  /** When the last frame was sent, and how long it took to observe. */
  let sentAt = Number.NEGATIVE_INFINITY;
  let observedMs = 0;

  async function deviceFor(name: string, experiment: Experiment): Promise<Choice> {
    isOpen = false;
    if (name === AUTO) {
      const first = session ? undefined : await firstDevice(experiment);
      if (!first) return chooseDevice(experiment);
      isOpen = true;
      settleSoon();
      return { device: first, measured: [] };
    }
    const isAtHand = device?.name === name && !device.isLost;
    return { device: isAtHand ? (device as Device) : await openDevice(name), measured: [] };
  }

  /** Not in the run's past: on another device it would go on from there, and what came after would be forgotten. */
  function settleSoon(): void {
    setTimeout(
      () =>
        then(async () => {
          if (isOpen && session && session.state.step < session.past.furthest) settleSoon();
          else await settle();
        }),
      MEASURED_AFTER_MS,
    );
  }

  /** Measures, and goes on with the run on the device that was chosen. */
  async function settle(): Promise<void> {
    if (!isOpen || !session) return;
    isOpen = false;
    const { device: on, measured } = await chooseDevice(session.experiment);
    choice = measured;
    if (on.name === device?.name) return;
    session.move(on);
    device = on;
  }

  /** Reads the files that the game is played with, and tells of it. */
  async function load(experiment: Experiment): Promise<void> {
    if (isPrepared(experiment)) return;
    const tell = (loading: Loading) => wire.postMessage({ type: 'loading', ...loading } satisfies Answer);
    try {
      await prepare(experiment, read, (file, share) => tell({ file, share }));
    } finally {
      tell({});
    }
  }

  /** Where the run's device is gone, another one goes on with it; says whether that was so. */
  async function rescue(by?: Device): Promise<boolean> {
    const gone = session?.scene.device;
    if (!session || !gone?.isLost) return false;
    isOpen = false;
    const on = by ?? (await openRescue());
    session.rescue(on);
    device = on;
    // Who gets the same one back has lost nothing.
    if (on.name !== gone.name) lost = { device: gone.name, step: session.state.step, by: on.name };
    choice = [];
    return true;
  }

  async function run({ experiment, device: name, fresh, checkpoint, course }: RunCommand): Promise<void> {
    failed = undefined;
    await load(experiment);
    if (checkpoint) await load(checkpoint.experiment);
    for (const settings of course?.settings ?? []) await load(settings.experiment);
    const first = checkpoint?.experiment ?? course?.settings[0].experiment ?? experiment;
    const { device: on, measured } = await deviceFor(name, first);
    // Who is sent elsewhere may not have met the loss yet: in a race, the first lane that does takes the others along.
    if (session && on !== session.scene.device) {
      session.scene.device.askIfLost?.();
      await rescue(on);
    }
    const next = session ?? openSession(first, on);
    const before = next.run;
    if (checkpoint) next.restore(checkpoint);
    next.follow(course);
    if (course) next.move(on);
    else next.change(experiment, on);
    if (fresh && !checkpoint) next.restart();
    if (next.run !== before) {
      ahead = 0;
      left = 0; // nobody has asked for steps of this one
      lost = undefined; // with the run that it befell
    }
    session = next;
    device = on;
    choice = measured;
  }

  function frame({ goTo, checkpoint, steps, goesOn, mover, budgetMs, watch, workMs }: FrameCommand): Answer {
    left = 0;
    if (!session) return { type: 'failure', message: failed ?? 'nothing is being played yet' };
    if (failed !== undefined) {
      const message = failed;
      failed = undefined;
      return { type: 'failure', message };
    }
    if (goTo !== undefined) session.goTo(goTo);
    if (mover) session.follow(undefined); // a hand leads from now on
    if (!goesOn) session.advance(steps, budgetMs, mover);
    // None was taken before the first frame, nor where a step failed.
    else if (ahead === 0) ahead = session.advance(steps, Math.min(budgetMs, PIECE_MS));
    // What is seen on the way to a step of the past is nobody's wish.
    const begun = performance.now();
    const taken = observer.frame(session, session.goal === undefined ? watch : [], workMs);
    const copy = checkpoint ? session.checkpoint() : undefined;
    sentAt = performance.now();
    observedMs = sentAt - begun;
    if (goesOn) left = steps - ahead;
    ahead = 0;
    const answer: Answer = { type: 'frame', frame: { ...taken, measured: choice, checkpoint: copy, lost } };
    lost = undefined;
    return answer;
  }

  /** Trains until a command comes, at most for so long and so many steps since the last frame. */
  async function trainOn(steps: number, until: number): Promise<void> {
    while (waiting === 0 && session && ahead < steps && performance.now() < until) {
      const from = session.state.step;
      try {
        if (session.advance(steps - ahead, PIECE_MS) === 0) return; // it is over
      } catch {
        // Unless another device goes on, the next question comes to the same step, and tells.
        if (!(await rescue())) return;
      } finally {
        ahead += session.state.step - from;
      }
      await nextTask();
    }
  }

  /** Until a frame is due: training takes the larger part of the time. */
  const dueAt = (budgetMs: number) =>
    sentAt +
    Math.min(Math.max(budgetMs, PARTS_OF_TRAINING * observedMs), Math.max(budgetMs, LATEST_FRAME_MS));

  /** A device that was not chosen by measuring may not play this after all, and one may be lost: then another does. */
  async function answerTo(command: FrameCommand): Promise<Answer> {
    const from = session?.goal === undefined ? session?.state.step : undefined;
    try {
      return frame(command);
    } catch (error) {
      if (await rescue()) {
        // Those that were taken before the loss count.
        const taken = from === undefined || command.goTo !== undefined ? 0 : session!.state.step - from;
        if (command.goesOn) {
          ahead += taken;
          return frame(command);
        }
        return frame({ ...command, steps: Math.max(0, command.steps - taken) });
      }
      if (!isOpen) throw error;
      await settle();
      return frame(command);
    }
  }

  async function obey(command: Command): Promise<void> {
    try {
      if (command.type === 'close') {
        session?.dispose();
        session = undefined;
        wire.close?.();
      } else if (command.type === 'run') await run(command);
      else {
        // A run at rest waits for the code of what it is asked; one that plays does not.
        if (command.steps === 0) await probesFor(command.watch.map(({ probe }) => probe));
        if (command.goesOn) await trainOn(command.steps, dueAt(command.budgetMs));
        const answer = await answerTo(command);
        wire.postMessage(answer, buffersOf(answer));
        if (left > 0) then(() => trainOn(left, performance.now() + MOST_ALONE_MS));
      }
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (command.type === 'run') failed = message;
      else wire.postMessage({ type: 'failure', message } satisfies Answer);
    }
  }

  /** One after the other; what fails on the way is told by whoever does it. */
  function then(act: () => Promise<void>): void {
    last = last.then(act).catch(() => {});
  }

  wire.addEventListener('message', (event) => {
    waiting += 1;
    then(() => {
      waiting -= 1;
      return obey(event.data as Command);
    });
  });
  wire.start?.();
}

const turn = new MessageChannel();
const turns: (() => void)[] = [];
turn.port1.onmessage = () => turns.shift()?.();

/** Lets messages that have come be heard first: a timer would wait four milliseconds. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    turns.push(resolve);
    turn.port2.postMessage(undefined);
  });
}

/** The storage of all arrays in a message: handed over rather than copied. */
function buffersOf(value: unknown, found: Set<ArrayBuffer> = new Set()): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) found.add(value.buffer as ArrayBuffer);
  else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) buffersOf(part, found);
  }
  return [...found];
}
