/** How the command line sets probes, and does their long readings: in slices between which signals are heard. */
import { setImmediate } from 'node:timers/promises';
import { probes } from '../analysis/index.ts';
import type { Work } from '../analysis/probe.ts';
import { defaults, type Group, group, type Problem, type Values, withPairs } from '../settings/index.ts';
import { readPairs } from './experiment.ts';
import type { Flags } from './flags.ts';
import type { Io } from './output.ts';
import { SLICE_MS } from './play.ts';

/** The settings of all probes, `--probe spectrum.matrix=consensus` and the like applied. */
export type ProbeSettings = { readonly [P in (typeof probes)[number] as P['name']]: Values<P['settings']> };

const allSettings = group(Object.fromEntries(probes.map(({ name, settings }) => [name, settings as Group])));

export function readProbeSettings(flags: Flags, problems: Problem[]): ProbeSettings {
  const pairs = readPairs('--probe', 'spectrum.matrix=consensus', flags.texts('probe'), problems);
  const applied = withPairs<Group>(allSettings, defaults<Group>(allSettings), pairs);
  problems.push(...applied.problems);
  return applied.values as unknown as ProbeSettings;
}

/** Does the work, telling its progress on a terminal; undefined when a signal came first. */
export async function finishUnlessStopped<R>(work: Work<R>, what: string, io: Io): Promise<R | undefined> {
  const clear = () => io.showsProgress && io.err('\r\u001b[K');
  while (io.stopped() === undefined) {
    const until = performance.now() + SLICE_MS;
    let piece = work.next();
    while (!piece.done && performance.now() < until) piece = work.next();
    clear();
    if (piece.done) return piece.value;
    if (io.showsProgress) io.err(`${what}: ${Math.floor(100 * piece.value)} %`);
    await setImmediate(); // signals are heard between turns of the event loop
  }
  clear();
  return undefined;
}
