/** `schema`: the JSON Schema of an experiment file. */
import { experiment } from '../catalog/experiment.ts';
import { presets } from '../catalog/presets/index.ts';
import { type JsonSchema, jsonSchema, type Problem } from '../settings/index.ts';
import { readFlags } from './flags.ts';
import { type Io, refuse } from './output.ts';

/** The experiment's own schema, and what only files may say. */
export function fileSchema(): JsonSchema {
  const { properties, ...rest } = jsonSchema(experiment);
  const preset = {
    title: 'preset',
    description: 'A named experiment; what the file says besides replaces what the preset says.',
    enum: presets.map(({ name }) => name),
  };
  const $schema = { type: 'string', description: 'Where this schema lies, for editors.' };
  return { ...rest, title: 'Saddle experiment', properties: { $schema, preset, ...(properties as object) } };
}

export async function schema(argv: readonly string[], io: Io): Promise<number> {
  const problems: Problem[] = [];
  readFlags(argv, {}, [], problems);
  if (problems.length > 0) return refuse(problems, io);
  await io.out(`${JSON.stringify(fileSchema(), null, 2)}\n`);
  return 0;
}
