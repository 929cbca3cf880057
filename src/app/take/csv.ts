/** Tables as text that pandas, R and spreadsheets read. */

export type Value = string | number | undefined;

export interface Table {
  readonly columns: readonly string[];
  readonly rows: Iterable<readonly Value[]>;
}

/** Lines that begin with # say what the table is; what was not measured is blank. */
export function csv({ columns, rows }: Table, head: readonly string[] = []): string {
  const lines = head.map((line) => `# ${line.replace(/[\r\n]+/g, ' ')}`);
  lines.push(columns.map(cell).join(','));
  for (const row of rows) lines.push(row.map(cell).join(','));
  return `${lines.join('\n')}\n`;
}

/** Numbers as they read back to the last bit (RFC 4180 says when text is quoted). */
function cell(value: Value): string {
  if (value === undefined) return '';
  const text = String(value);
  // A # would begin a comment; a text that a spreadsheet takes for a formula is none of ours.
  return typeof value === 'string' && /[",\r\n#]|^[=+@-]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}
