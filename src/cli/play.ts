/** What `run` and `inspect` share: a session opened from the arguments, and steps that a signal can end. */
import { setImmediate } from 'node:timers/promises';
import { objections } from '../catalog/sense.ts';
import { deviceNames, openDevice } from '../engine/devices.ts';
import { prepare } from '../engine/prepare.ts';
import { openSession, type Session } from '../engine/session.ts';
import type { Problem } from '../settings/index.ts';
import { problem } from '../settings/parse.ts';
import { readData } from './data.ts';
import { readExperiment } from './experiment.ts';
import { CONSEQUENCE, type Flags, type Option, unknownName, wholeNumber } from './flags.ts';
import { type Io, oneLine } from './output.ts';

/** A step's batches are named by words of 32 bits; one more is read after the last step. */
export const MOST_STEPS = 2 ** 32 - 2;
/** More than any file of the page has. */
export const MOST_LANES = 99;
/** How long steps are taken, or probes read, before signals are looked at and progress is shown. */
export const SLICE_MS = 100;

/** The options that both commands have. */
export const playOptions = {
  set: { type: 'string', multiple: true },
  method: { type: 'string' },
  points: { type: 'string' },
  lane: { type: 'string' },
  steps: { type: 'string' },
  device: { type: 'string' },
  probe: { type: 'string', multiple: true },
} as const satisfies Record<string, Option>;

/** What both commands want besides options. */
export const playWants = ['a preset or the path of an experiment file'];

/**
 * The session that the arguments describe; undefined if there is any problem, those found before included.
 * What has no meaning in it, or does nothing, is noted on standard error.
 */
export async function openPlay(flags: Flags, problems: Problem[], io: Io): Promise<Session | undefined> {
  const [name] = flags.positionals;
  const [device = 'reference'] = flags.texts('device');
  const [method] = flags.texts('method');
  const [points] = flags.texts('points');
  const lane = wholeNumber(flags, 'lane', 1, [1, MOST_LANES], problems);
  const changes = { sets: flags.texts('set'), method, points, lane };
  const { experiment, course } = name === undefined ? {} : readExperiment(name, changes, problems);
  if (!deviceNames.includes(device)) problems.push(unknownName('--device', device, deviceNames));
  if (!experiment || problems.length > 0) return undefined;
  for (const { path, message } of objections(experiment)) io.err(`note: ${path}: ${message}\n`);
  try {
    for (const settings of [{ experiment }, ...(course?.settings ?? [])])
      await prepare(settings.experiment, readData);
    const session = openSession(experiment, await openDevice(device));
    session.follow(course);
    return session;
  } catch (error) {
    // What a machine lacks: the device itself, or the memory for a game of this size.
    const found = oneLine((error as Error).message);
    problems.push(
      problem('The run', 'should have', 'a device and a size for this machine', found, CONSEQUENCE),
    );
    return undefined;
  }
}

/** Takes steps until `until`, a divergence, or a signal. */
export async function advanceTo(session: Session, until: number, io: Io, progress?: Progress): Promise<void> {
  while (session.state.step < until && session.outcome.kind === 'running' && io.stopped() === undefined) {
    session.advance(until - session.state.step, SLICE_MS);
    progress?.show(session);
    await setImmediate(); // signals are heard between turns of the event loop
  }
}

export interface Progress {
  show(session: Session): void;
  /** Leaves the line empty for whatever is printed next. */
  clear(): void;
}

/** One line of progress on a terminal; nothing elsewhere. */
export function openProgress(steps: number, io: Io): Progress | undefined {
  if (!io.showsProgress) return undefined;
  let shown = 0;
  return {
    show({ state, seconds }) {
      const now = performance.now();
      if (now - shown < SLICE_MS) return;
      shown = now;
      const rate = Math.round(state.step / seconds);
      io.err(`\r\u001b[Kstep ${state.step} of ${steps}, ${rate} steps per second`);
    },
    clear() {
      if (shown > 0) io.err('\r\u001b[K');
    },
  };
}
