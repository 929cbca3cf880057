/** `run`: plays an experiment and prints what the watched probes read, one JSON object a line, and a summary. */
import { appendFileSync, closeSync, openSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { probes } from '../analysis/index.ts';
import type { Reading, Watch } from '../analysis/probe.ts';
import { openObserver, takeFrame } from '../engine/frame.ts';
import type { Session } from '../engine/session.ts';
import { type Problem, show } from '../settings/index.ts';
import { problem } from '../settings/parse.ts';
import { shorten } from '../settings/words.ts';
import { CONSEQUENCE, mistake, readFlags, unknownName, wholeNumber } from './flags.ts';
import { type Io, refuse, toJson } from './output.ts';
import { advanceTo, MOST_STEPS, openPlay, openProgress, playOptions, playWants, SLICE_MS } from './play.ts';
import { type ProbeSettings, readProbeSettings } from './probing.ts';

const STANDARD_STEPS = 1000;

export async function run(argv: readonly string[], io: Io): Promise<number> {
  const problems: Problem[] = [];
  const flags = readFlags(
    argv,
    {
      ...playOptions,
      every: { type: 'string' },
      watch: { type: 'string', multiple: true },
      out: { type: 'string' },
    },
    playWants,
    problems,
  );
  const steps = wholeNumber(flags, 'steps', STANDARD_STEPS, [0, MOST_STEPS], problems);
  const every = wholeNumber(flags, 'every', Math.max(1, steps), [1, MOST_STEPS], problems);
  const probing = readProbeSettings(flags, problems);
  const watched = readWatched(flags.has('watch') ? flags.texts('watch') : ['losses'], probing, problems);
  const session = await openPlay(flags, problems, io);
  if (session) checkFits(watched, session, problems);
  const file = problems.length === 0 ? openOut(flags.texts('out'), problems) : undefined;
  if (!session || problems.length > 0) return refuse(problems, io);

  const progress = openProgress(steps, io);
  const print = async (object: unknown) => {
    progress?.clear();
    const line = `${toJson(object)}\n`;
    if (file === undefined) await io.out(line);
    else appendFileSync(file, line);
  };
  let printed = -1;
  for (let next = 0; ; next = Math.min(next + every, steps)) {
    await advanceTo(session, next, io, progress);
    const { step } = session.state;
    const readings = step > printed ? await read(session, watched, io) : undefined;
    if (readings) await print({ step, lane: 0, readings });
    printed = step;
    if (next === steps || session.outcome.kind === 'diverged' || io.stopped() !== undefined) break;
  }
  const summary = summaryOf(session, steps, watched);
  await print({ summary });
  if (file !== undefined) closeSync(file);
  session.dispose();
  return summary.outcome === 'stopped' ? io.stopped()! : 0;
}

/** What the probes read, however long they take; undefined when a signal comes before the last one is done. */
async function read(session: Session, watched: readonly Watch[], io: Io) {
  const observer = openObserver();
  const found: Record<string, Reading | undefined> = {};
  for (let left = watched; ; ) {
    const { readings, working } = observer.frame(session, left, SLICE_MS);
    Object.assign(found, readings);
    left = left.filter(({ probe }) => probe in working);
    if (left.length === 0) return Object.fromEntries(watched.map(({ probe }) => [probe, found[probe]]));
    await setImmediate();
    if (io.stopped() !== undefined) return undefined;
  }
}

function readWatched(texts: readonly string[], probing: ProbeSettings, problems: Problem[]): Watch[] {
  const known = probes.map(({ name }) => name as string);
  const names = [...new Set(texts.flatMap((text) => text.split(',')).map((name) => name.trim()))];
  for (const name of names) {
    if (!known.includes(name)) problems.push(unknownName('--watch', name, known));
  }
  return names.map((probe) => ({ probe, settings: probing[probe as keyof ProbeSettings] }));
}

function checkFits(watched: readonly Watch[], { scene, experiment }: Session, problems: Problem[]): void {
  const fitting: string[] = probes.filter((probe) => probe.fits(scene)).map(({ name }) => name);
  for (const { probe } of watched) {
    const expected = `one that fits the game ${experiment.game.kind} (${fitting.join(', ')})`;
    if (!fitting.includes(probe)) problems.push(mistake('--watch', expected, probe));
  }
}

/** The file that takes the lines instead of standard output, emptied; undefined without `--out`. */
function openOut([path]: readonly string[], problems: Problem[]): number | undefined {
  if (path === undefined) return undefined;
  try {
    return openSync(path, 'w');
  } catch (error) {
    const found = `${show(path)} (${shorten((error as Error).message)})`;
    problems.push(problem('--out', 'should be', 'a file that can be written', found, CONSEQUENCE));
    return undefined;
  }
}

/** All that depends on the machine's speed is here, as seconds and stepsPerSecond. */
function summaryOf(session: Session, wanted: number, watched: readonly Watch[]) {
  const { outcome, state, seconds, scene, experiment } = session;
  // A divergence has a cause, whether or not somebody watched for it.
  const isTold = outcome.kind === 'diverged' || watched.some(({ probe }) => probe === 'notices');
  const notices = isTold ? takeFrame(session, [{ probe: 'notices' }]).readings.notices : undefined;
  const ending =
    outcome.kind === 'diverged'
      ? { outcome: outcome.kind, step: outcome.step, player: outcome.player }
      : { outcome: state.step === wanted ? 'finished' : 'stopped' };
  return {
    ...ending,
    notices,
    steps: state.step,
    seconds,
    stepsPerSecond: state.step / seconds,
    gradientEvaluations: state.evaluations,
    jacobianProducts: state.products,
    device: scene.device.name,
    precision: scene.device.precision,
    experiment,
  };
}
