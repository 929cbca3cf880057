/** `list`: everything that can be chosen, for people as text, for programs as one JSON object. */
import { probes } from '../analysis/index.ts';
import { datasets } from '../catalog/datasets/index.ts';
import { games } from '../catalog/games/index.ts';
import { initialisers } from '../catalog/initialisers/index.ts';
import { losses } from '../catalog/losses/index.ts';
import { networks } from '../catalog/networks/index.ts';
import { presets } from '../catalog/presets/index.ts';
import { rules } from '../catalog/rules/index.ts';
import { schemes } from '../catalog/schemes/index.ts';
import { deviceNames } from '../engine/devices.ts';
import { jsonSchema, type Problem, type Setting } from '../settings/index.ts';
import { readFlags } from './flags.ts';
import { type Io, printObject, refuse } from './output.ts';
import { fileSchema } from './schema.ts';

/** What may be known of something to choose. */
interface Listed {
  readonly name: string;
  readonly label?: string;
  readonly summary?: string;
  readonly source?: string;
  readonly formula?: string;
  readonly cost?: string;
  readonly settings?: Setting;
  readonly experiment?: unknown;
}

const lists: Readonly<Record<string, readonly Listed[]>> = {
  presets,
  games,
  datasets,
  losses,
  networks,
  initialisers,
  schemes,
  rules,
  probes,
  devices: deviceNames.map((name) => ({ name })),
};

export async function list(argv: readonly string[], io: Io): Promise<number> {
  const problems: Problem[] = [];
  const flags = readFlags(argv, { json: { type: 'boolean' } }, [], problems);
  if (problems.length > 0) return refuse(problems, io);
  if (flags.has('json')) {
    const tables = Object.entries(lists).map(([kind, entries]) => [kind, entries.map(forPrograms)]);
    await printObject({ ...Object.fromEntries(tables), schema: fileSchema() }, io);
  } else {
    await io.out(
      Object.entries(lists)
        .map(([kind, entries]) => forPeople(kind, entries))
        .join('\n'),
    );
  }
  return 0;
}

/** The plain fields of an entry; its settings as JSON Schema. */
function forPrograms({ name, label, summary, source, formula, cost, experiment, settings }: Listed) {
  return {
    name,
    label,
    summary,
    source,
    formula,
    cost,
    experiment,
    settings: settings && { ...jsonSchema(settings), $schema: undefined },
  };
}

function forPeople(kind: string, entries: readonly Listed[]): string {
  const width = Math.max(...entries.map(({ name }) => name.length)) + 2;
  const lines = entries.flatMap(({ name, label, summary, source }) => {
    const says = [label && `${label}.`, summary].filter(Boolean).join(' ');
    const about = source ? [`${' '.repeat(width + 2)}Source: ${source}`] : [];
    return [`  ${name.padEnd(width)}${says}`.trimEnd(), ...about];
  });
  return `${kind}\n${lines.join('\n')}\n`;
}
