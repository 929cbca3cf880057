/** A run as a Python script: PyTorch for what is trained on data, plain NumPy for analytic games. */
import type { Experiment } from '../catalog/experiment.ts';
import { assemble, type PythonScript } from './assemble.ts';
import type { Options } from './plan.ts';
import { presetOf } from './presets.ts';

export type { PythonScript } from './assemble.ts';
export { filesWithin } from './batches.ts';
export type { Options } from './plan.ts';
export type { Change } from './settings.ts';
export type { Flavour } from './words.ts';

/**
 * The script that plays an experiment: the same first point, draws and steps. Never throws for an experiment; what
 * cannot be written down is a problem, what of a run is left out is a note.
 */
export const pythonScript = (experiment: Experiment, options: Options = {}): PythonScript =>
  assemble(experiment, options);

/** What a flavour is called in the names of files. */
const flavourNames = { numpy: 'numpy', torch: 'pytorch' } as const;

/**
 * A script as a file to save, with a name that tells what it plays, and with what. Of a run that was changed on its way,
 * `experiment` is what it began with, and `changes` is what came after.
 */
export function pythonFile(
  experiment: Experiment,
  steps: number,
  options: Omit<Options, 'steps'> = {},
): { name: string } & Omit<PythonScript, 'flavour'> {
  const { flavour, ...script } = pythonScript(experiment, { ...options, steps });
  const preset = presetOf(experiment);
  return {
    name: `saddle-${preset?.name ?? experiment.game.kind}-${experiment.seed}-${flavourNames[flavour]}.py`,
    ...script,
  };
}
