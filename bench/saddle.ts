/** Saddle as a contestant: whole steps of the engine, drawing, rules and bookkeeping included. */
import { experiment } from '../src/catalog/experiment.ts';
import { openDevice } from '../src/engine/devices.ts';
import { prepare, type ReadFile } from '../src/engine/prepare.ts';
import { openSession } from '../src/engine/session.ts';
import { parse } from '../src/settings/index.ts';

/** A run of an experiment (as in an experiment file) on a device, to be stepped; `read` reads its pictures. */
export async function openRun(raw: Record<string, unknown>, device: string, read: ReadFile) {
  const { values, problems } = parse(experiment, raw);
  if (problems.length > 0) throw new Error(problems.map((problem) => problem.message).join('\n'));
  await prepare(values, read);
  const session = openSession(values, await openDevice(device));
  return {
    parameters: session.scene.size,
    step() {
      session.advance(1);
      if (session.outcome.kind !== 'running') session.restart();
    },
    advance: (steps: number, budgetMs?: number) => session.advance(steps, budgetMs),
    dispose: () => session.dispose(),
  };
}
