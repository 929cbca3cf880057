/** Reads points that somebody pasted: one a line, two numbers each, however they are separated. */

/** As many as the setting for points takes: two numbers each. */
export const MOST_POINTS = 2000;
/** The largest coordinate that the setting for points takes. */
export const FARTHEST = 1e6;
/** More complaints than anybody reads. */
const MOST_MISTAKES = 10;

export interface Mistake {
  /** From 1. */
  readonly line: number;
  /** A sentence that names the line. */
  readonly message: string;
}

export interface Pasted {
  /** x and y of each good line, one after the other. */
  readonly values: number[];
  readonly mistakes: readonly Mistake[];
}

/**
 * Points of a text: on each line x and y, separated by a comma, a semicolon, a tab or spaces. Empty lines and
 * lines that begin with # do not count; what cannot be used is left out and said. Never throws.
 */
export function readPoints(text: string): Pasted {
  const values: number[] = [];
  const { mistakes, complain } = complaints();
  for (const { line, text: row } of rowsOf(text)) {
    if (values.length === 2 * MOST_POINTS) {
      complain(line, `expected at most ${MOST_POINTS} points; this one and those below are left out`);
      break;
    }
    const columns = columnsOf(row);
    const wrong = columns.findIndex((column) => !isNumber(column));
    if (columns.length !== 2) {
      complain(
        line,
        `expected two numbers, x and y, but found ${columns.length} ${columns.length === 1 ? 'column' : 'columns'}`,
      );
    } else if (wrong >= 0) {
      complain(
        line,
        `expected a number in column ${wrong + 1}, but found ${JSON.stringify(columns[wrong].slice(0, 20))}`,
      );
    } else if (columns.some((column) => Math.abs(Number(column)) > FARTHEST)) {
      complain(line, `expected numbers from ${-FARTHEST} to ${FARTHEST}`);
    } else values.push(Number(columns[0]) + 0, Number(columns[1]) + 0);
  }
  if (values.length === 0 && mistakes.length === 0)
    complain(1, 'expected x and y of a point on each line, but found none');
  return { values, mistakes };
}

/** The lines of a text that say something, at most so many, with their numbers. */
export function rowsOf(text: string, most = Number.POSITIVE_INFINITY): { line: number; text: string }[] {
  const rows: { line: number; text: string }[] = [];
  let line = 0;
  for (const row of text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)) {
    line += 1;
    const trimmed = row.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    if (rows.length === most) break;
    rows.push({ line, text: trimmed });
  }
  return rows;
}

/** The columns of a row: separated by a comma, a semicolon, a tab or spaces. */
export const columnsOf = (row: string): string[] => row.split(/\s*[,;\t]\s*|\s+/);

/** A decimal number as people and programs write it. */
export const isNumber = (column: string | undefined): boolean =>
  column !== undefined && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(column);

/** Collects mistakes, after those that are there: no more than anybody reads. */
export function complaints(before: readonly Mistake[] = []) {
  const mistakes = [...before];
  return {
    mistakes: mistakes as readonly Mistake[],
    complain(line: number, what: string): void {
      if (mistakes.length < MOST_MISTAKES) mistakes.push({ line, message: `Line ${line}: ${what}.` });
    },
  };
}
