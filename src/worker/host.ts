/** The run's end of the wire: holds one session and does what the commands say, in their order. */

import type { Experiment } from '../catalog/experiment.ts';
import { type Choice, chooseDevice, firstDevice } from '../engine/choose.ts';
import { type Device, openDevice } from '../engine/devices.ts';
import { openObserverOf } from '../engine/observatory.ts';
import { openSession, type Session } from '../engine/session.ts';
import { findProbe, probesFor } from './probes.ts';
import {
  type Answer,
  AUTO,
  type Command,
  type FrameCommand,
  type RunCommand,
  type Wire,
} from './protocol.ts';

/** The first pictures come before devices are measured: meanwhile the run is played on the usual one. */
const MEASURED_AFTER_MS = 1000;

/** Serves a wire until it is closed. */
export function serve(wire: Wire): void {
  const observer = openObserverOf(findProbe);
  let session: Session | undefined;
  let device: Device | undefined;
  let choice: Choice['measured'] = [];
  /** What went wrong with the last `run`: told by the next answer, or by all while there is no other run. */
  let failed: string | undefined;
  let last: Promise<void> = Promise.resolve();
  /** The device in use is to be chosen by measuring, but is not yet. */
  let isOpen = false;

  async function deviceFor(name: string, experiment: Experiment): Promise<Choice> {
    isOpen = false;
    if (name === AUTO) {
      const first = session ? undefined : await firstDevice(experiment);
      if (!first) return chooseDevice(experiment);
      isOpen = true;
      setTimeout(() => then(settle), MEASURED_AFTER_MS);
      return { device: first, measured: [] };
    }
    return { device: device?.name === name ? device : await openDevice(name), measured: [] };
  }

  /** Measures, and goes on with the run on the device that was chosen. */
  async function settle(): Promise<void> {
    if (!isOpen || !session) return;
    isOpen = false;
    const { device: on, measured } = await chooseDevice(session.experiment);
    choice = measured;
    if (on.name === device?.name) return;
    session.change(session.experiment, on);
    device = on;
  }

  async function run({ experiment, device: name, fresh, checkpoint }: RunCommand): Promise<void> {
    failed = undefined;
    const { device: on, measured } = await deviceFor(name, checkpoint?.experiment ?? experiment);
    const next = session ?? openSession(checkpoint?.experiment ?? experiment, on);
    if (checkpoint) next.restore(checkpoint);
    next.change(experiment, on);
    if (fresh && !checkpoint) next.restart();
    session = next;
    device = on;
    choice = measured;
  }

  function frame({ goTo, checkpoint, steps, mover, budgetMs, watch, workMs }: FrameCommand): Answer {
    if (!session) return { type: 'failure', message: failed ?? 'nothing is being played yet' };
    if (failed !== undefined) {
      const message = failed;
      failed = undefined;
      return { type: 'failure', message };
    }
    if (goTo !== undefined) session.goTo(goTo);
    session.advance(steps, budgetMs, mover);
    // What is seen on the way to a step of the past is nobody's wish.
    const taken = observer.frame(session, session.goal === undefined ? watch : [], workMs);
    const copy = checkpoint ? session.checkpoint() : undefined;
    return { type: 'frame', frame: { ...taken, measured: choice, checkpoint: copy } };
  }

  /** A device that was not chosen by measuring may not play this after all: then another one is. */
  async function answerTo(command: FrameCommand): Promise<Answer> {
    try {
      return frame(command);
    } catch (error) {
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
        const answer = await answerTo(command);
        wire.postMessage(answer, buffersOf(answer));
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

  wire.addEventListener('message', (event) => then(() => obey(event.data as Command)));
  wire.start?.();
}

/** The storage of all arrays in a message: handed over rather than copied. */
function buffersOf(value: unknown, found: Set<ArrayBuffer> = new Set()): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) found.add(value.buffer as ArrayBuffer);
  else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) buffersOf(part, found);
  }
  return [...found];
}
