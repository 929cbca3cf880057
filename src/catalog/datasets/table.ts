/** Reads a table that somebody pasted or dropped: rows of columns, of which two are x and y of points. */
import { complaints, FARTHEST, isNumber, type Mistake, MOST_POINTS, rowsOf } from './pasted.ts';

export interface Table {
  /** What the columns are called: by the first line, where that is a header, else by their numbers. */
  readonly names: readonly string[];
  readonly hasHeader: boolean;
  /** Indices of the columns that hold a number in most rows. */
  readonly numeric: readonly number[];
  readonly rows: readonly Row[];
  /** Rows that have other columns than the first one, in sentences that name the line (1-based). */
  readonly mistakes: readonly Mistake[];
}

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

/** The name of a column is shown no longer than this. */
const MOST_NAME = 40;
/** Rows are looked at no further: of more points than are played, no more are needed to take some evenly. */
const MOST_ROWS = 200_000;

/**
 * The table of a text: columns are separated by tabs, semicolons or commas, else by spaces; quotes about them do
 * not count. A first line without any number is a header. Never throws.
 */
export function readTable(text: string): Table {
  const { mistakes, complain } = complaints();
  const all = rowsOf(text, MOST_ROWS).map(({ line, text }) => ({ line, cells: cellsOf(text) }));
  const first = all[0]?.cells ?? [];
  // Otherwise a lone line of words would be a header of nothing.
  const hasHeader = all.length > 1 && !first.some(isNumber);
  const body = hasHeader ? all.slice(1) : all;
  const width = body[0]?.cells.length ?? 0;
  const rows = body.filter(({ line, cells }) => {
    if (cells.length === width && width > 1) return true;
    complain(line, widthWords(width, cells.length));
    return false;
  });
  if (all.length === 0) complain(1, 'expected x and y of a point on each line, but found none');
  const isNumeric = (column: number) => {
    const numbers = rows.reduce((sum, { cells }) => sum + Number(isNumber(cells[column])), 0);
    return 2 * numbers > rows.length;
  };
  const columns = Array.from({ length: width }, (_, column) => column);
  return {
    names: columns.map(
      (column) => (hasHeader && (first[column] ?? '').slice(0, MOST_NAME)) || `${column + 1}`,
    ),
    hasHeader,
    numeric: columns.filter(isNumeric),
    rows,
    mistakes,
  };
}

const widthWords = (width: number, found: number) =>
  width > 2
    ? `expected ${width} columns as in the first row, but found ${found}`
    : `expected two numbers, x and y, but found ${found} ${found === 1 ? 'column' : 'columns'}`;

/** A header may have spaces in its names. */
const cellsOf = (row: string): string[] =>
  row.split(/[,;\t]/.test(row) ? /\s*[,;\t]\s*/ : /\s+/).map((cell) => cell.replace(/^(["'])(.*)\1$/, '$2'));

export interface TablePoints {
  /** x and y of each point, one after the other: at most `MOST_POINTS` of them. */
  readonly values: readonly number[];
  /** How many points the table has; more than are in `values` where some were taken evenly. */
  readonly total: number;
  readonly mistakes: readonly Mistake[];
}

/** The points of two columns of a table; of too many, some are taken evenly from its beginning to its end. */
export function pointsOf(table: Table, [x, y]: readonly [number, number]): TablePoints {
  const { mistakes, complain } = complaints(table.mistakes);
  const found: number[] = [];
  for (const { line, cells } of table.rows) {
    const wrong = [x, y].find((column) => !isNumber(cells[column]));
    if (wrong !== undefined) {
      const name = table.hasHeader ? JSON.stringify(table.names[wrong]) : wrong + 1;
      complain(line, `expected a number in column ${name}, but found ${JSON.stringify(shown(cells[wrong]))}`);
    } else if ([x, y].some((column) => Math.abs(Number(cells[column])) > FARTHEST)) {
      complain(line, `expected numbers from ${-FARTHEST} to ${FARTHEST}`);
    } else found.push(Number(cells[x]) + 0, Number(cells[y]) + 0);
  }
  const total = found.length / 2;
  if (total <= MOST_POINTS) return { values: found, total, mistakes };
  const values: number[] = [];
  for (let i = 0; i < MOST_POINTS; i++) {
    const at = Math.floor((i * total) / MOST_POINTS);
    values.push(found[2 * at], found[2 * at + 1]);
  }
  return { values, total, mistakes };
}

const shown = (cell: string | undefined) => (cell ?? '').slice(0, 20);

/** Significant digits of a point that was fitted: to a ten-thousandth of the plane. */
const FITTED_DIGITS = 4;

/** The points moved and scaled, both axes alike, until the middle of their box is at 0 and its longer side 2 long. */
export function fitted(values: readonly number[]): number[] {
  const low = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const high = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  values.forEach((value, i) => {
    low[i & 1] = Math.min(low[i & 1], value);
    high[i & 1] = Math.max(high[i & 1], value);
  });
  const half = Math.max(high[0] - low[0], high[1] - low[1]) / 2;
  return values.map((value, i) => {
    const centred = value - (low[i & 1] + high[i & 1]) / 2;
    return Number((half > 0 ? centred / half : centred).toFixed(FITTED_DIGITS)) + 0;
  });
}
