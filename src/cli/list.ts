/** `list`: everything that can be chosen, for people as text or Markdown, for programs as one JSON object. */
import { jsonSchema, type Problem } from '../settings/index.ts';
import { catalog, type Listed } from './catalog.ts';
import { mistake, readFlags } from './flags.ts';
import { markdown } from './markdown.ts';
import { type Io, printObject, refuse } from './output.ts';
import { fileSchema } from './schema.ts';

export async function list(argv: readonly string[], io: Io): Promise<number> {
  const problems: Problem[] = [];
  const flags = readFlags(argv, { json: { type: 'boolean' }, markdown: { type: 'boolean' } }, [], problems);
  if (flags.has('json') && flags.has('markdown')) {
    problems.push(mistake('list', 'given one of --json and --markdown', 'both'));
  }
  if (problems.length > 0) return refuse(problems, io);
  if (flags.has('json')) {
    const tables = Object.entries(catalog).map(([kind, entries]) => [kind, entries.map(forPrograms)]);
    await printObject({ ...Object.fromEntries(tables), schema: fileSchema() }, io);
  } else if (flags.has('markdown')) {
    await io.out(markdown());
  } else {
    await io.out(
      Object.entries(catalog)
        .map(([kind, entries]) => forPeople(kind, entries))
        .join('\n'),
    );
  }
  return 0;
}

/** The plain fields of an entry; its settings as JSON Schema. */
function forPrograms(entry: Listed) {
  const { name, label, summary, source, formula, cost, experiment, optimizer, settings } = entry;
  return {
    name,
    label,
    summary,
    source,
    formula,
    cost,
    experiment,
    optimizer,
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
