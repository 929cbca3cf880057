/** Reads points that somebody pasted: one a line, two numbers each, however they are separated. */

/** As many as the setting for points takes: two numbers each. */
export const MOST_POINTS = 2000;
/** The largest coordinate that the setting for points takes. */
const FARTHEST = 1e6;
/** More complaints than anybody reads. */
const MOST_MISTAKES = 10;

export interface Pasted {
  /** x and y of each good line, one after the other. */
  readonly values: number[];
  /** What is wrong, in a sentence that names the line (1-based). */
  readonly mistakes: readonly { readonly line: number; readonly message: string }[];
}

/**
 * Points of a text: on each line x and y, separated by a comma, a semicolon, a tab or spaces. Empty lines and
 * lines that begin with # do not count; what cannot be used is left out and said. Never throws.
 */
export function readPoints(text: string): Pasted {
  const values: number[] = [];
  const mistakes: { line: number; message: string }[] = [];
  const complain = (line: number, what: string) => {
    if (mistakes.length < MOST_MISTAKES) mistakes.push({ line, message: `Line ${line}: ${what}.` });
  };
  let line = 0;
  for (const row of text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)) {
    line += 1;
    const trimmed = row.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    if (values.length === 2 * MOST_POINTS) {
      complain(line, `expected at most ${MOST_POINTS} points; this one and those below are left out`);
      break;
    }
    const columns = trimmed.split(/\s*[,;\t]\s*|\s+/);
    const wrong = columns.findIndex((column) => !NUMBER.test(column));
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

/** A decimal number as people and programs write it. */
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
