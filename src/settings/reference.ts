// The reference documentation of a declaration, in Markdown: a table of every group and every entry.

import { listRange, numberRange } from './parse.ts';
import { below, type Entry, type Fields, type Setting } from './setting.ts';

const HEADER = [
  '| Path | Meaning | Range | Default | Unit | Live |',
  '| --- | --- | --- | --- | --- | --- |',
].join('\n');

/** Lists of entries that several choices share are written out once, at the first of them. */
export function reference(setting: Setting): string {
  const written = new Map<readonly Entry[], string>();
  const label = setting.label ?? 'Settings';
  return `${sections(setting, '', label, 2, written).join('\n\n')}\n`;
}

function sections(
  setting: Setting,
  path: string,
  label: string,
  level: number,
  written: Map<readonly Entry[], string>,
): string[] {
  const title = heading(level, path === '' ? label : `${label} (\`${path}\`)`);
  switch (setting.type) {
    case 'group':
      return [title, ...tables(setting.fields, path, level, written)];
    case 'choice': {
      const first = written.get(setting.entries);
      if (first !== undefined) {
        const same = `The choices and their settings are those of \`${first}\`, with \`${path}\` in its place.`;
        return [title, setting.summary, same];
      }
      written.set(setting.entries, path);
      const entries = setting.entries.flatMap((entry) => [
        heading(level + 1, `\`${path}=${entry.name}\`: ${entry.label}`),
        entry.summary,
        ...tables(withNamed(entry), path, level + 1, written),
      ]);
      return [title, setting.summary, ...entries];
    }
    default:
      return [title, table([[path, setting]])];
  }
}

/** The fields of an entry, with one for all numbers that the others call for by name. */
const withNamed = ({ settings, named }: Entry): Fields =>
  named ? { ...settings.fields, '‹name›': named.each } : settings.fields;

/** The table of some fields, then a section for each field that has fields of its own. */
function tables(
  fields: Fields,
  path: string,
  level: number,
  written: Map<readonly Entry[], string>,
): string[] {
  const all = Object.entries(fields).map(([name, field]) => [below(path, name), field] as const);
  const rows = all.filter(([, field]) => field.type !== 'group');
  const nested = all.filter(([, field]) => field.type === 'group' || field.type === 'choice');
  return [
    ...(rows.length > 0 ? [table(rows)] : []),
    ...nested.flatMap(([at, field]) => sections(field, at, field.label ?? at, level + 1, written)),
  ];
}

function table(rows: readonly (readonly [path: string, setting: Setting])[]): string {
  const lines = rows.map(([path, setting]) => {
    if (setting.type === 'group') return '';
    const unit = 'unit' in setting ? (setting.unit ?? '') : '';
    const meaning = `${setting.label}. ${setting.summary}`;
    const value = `\`${setting.default}\``;
    const cells = [`\`${path}\``, meaning, range(setting), value, unit, setting.live ? 'yes' : 'no'];
    return `| ${cells.map(cell).join(' | ')} |`;
  });
  return [HEADER, ...lines].join('\n');
}

function range(setting: Setting): string {
  switch (setting.type) {
    case 'number':
    case 'integer':
      return numberRange(setting) + (setting.scale === 'log' ? ', log scale' : '');
    case 'numbers':
      return listRange(setting);
    case 'text':
      return `${setting.expected}, at most ${setting.most} characters`;
    case 'toggle':
      return '`true` or `false`';
    case 'pick':
      return Object.entries(setting.options)
        .map(([name, summary]) => `\`${name}\`: ${summary}`)
        .join(' ');
    case 'choice':
      return setting.entries.map((entry) => `\`${entry.name}\``).join(', ');
    case 'group':
      return '';
  }
}

/** Markdown knows six levels. */
function heading(level: number, text: string): string {
  return `${'#'.repeat(Math.min(level, 6))} ${text}`;
}

/** A line break or a bar would end the cell. */
function cell(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|');
}
