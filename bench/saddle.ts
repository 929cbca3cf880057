/** Saddle as a contestant: whole steps of the engine, drawing, rules and bookkeeping included. */
import { experiment } from '../src/catalog/experiment.ts';
import { openDevice } from '../src/engine/devices.ts';
import { openSession } from '../src/engine/session.ts';
import { parse } from '../src/settings/index.ts';

/** A run of an experiment (as in an experiment file) on a device, to be stepped. */
export async function openRun(raw: Record<string, unknown>, device: string) {
  const { values, problems } = parse(experiment, raw);
  if (problems.length > 0) throw new Error(problems.map((problem) => problem.message).join('\n'));
  const session = openSession(values, await openDevice(device));
  return {
    step() {
      session.advance(1);
      if (session.outcome.kind !== 'running') session.restart();
    },
    advance: (steps: number, budgetMs?: number) => session.advance(steps, budgetMs),
    dispose: () => session.dispose(),
  };
}
