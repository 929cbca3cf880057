/** `reference`: every setting of an experiment, as a Markdown document. */
import { experiment } from '../catalog/experiment.ts';
import { type Problem, reference as referenceOf } from '../settings/index.ts';
import { readFlags } from './flags.ts';
import { type Io, refuse } from './output.ts';

export async function reference(argv: readonly string[], io: Io): Promise<number> {
  const problems: Problem[] = [];
  readFlags(argv, {}, [], problems);
  if (problems.length > 0) return refuse(problems, io);
  await io.out(referenceOf(experiment));
  return 0;
}
