/**
 * The eigenvalues of a large matrix by the compiled kernels, a piece at a time: reduction to Hessenberg form by
 * panels, then multishift QR with aggressive early deflation (Braman, Byers and Mathias 2002; LAPACK's dlaqr0).
 */
import { balance } from './balance.ts';
import type { Kernels } from './kernels.ts';
import { within } from './progress.ts';

/** Rows that are brought up to date before the caller may pause. */
const ROWS = 48;
/** Of the whole, the share that is the reduction to Hessenberg form. */
const REDUCTION = 0.5;

/** A block of this size or less is finished by the double-shift iteration. */
const SMALL = 80;
/** The deflation window as a share of the active block, and its least and largest size; compiled for 128. */
const WINDOW = { share: 1 / 9, least: 16, most: 80, widened: 128 };
/** Shifts of a sweep as a share of the active block, and their least and largest number; compiled for 64. */
const SHIFTS = { share: 1 / 9, least: 8, most: 64 };
/** Rows that a chain of bulges moves before the far part follows; compiled for 96. */
const MOVES = 40;
/** When more than this share of a window was found, the next window is tried without a sweep (dlaqr0's nibble). */
const ENOUGH_FOUND = 0.3;

/** Every so many rounds that found nothing, shifts out of the usual order break cycles (dlaqr0's KEXSH). */
const EXCEPTIONAL_EVERY = 6;
/** After so many rounds that found nothing the window is widened (dlaqr0's KEXNW), and in the end all given up. */
const WIDEN_AFTER = 5;
const GIVE_UP_AFTER = 60;

const between = (least: number, value: number, most: number) => Math.min(most, Math.max(least, value));

/** Reduces the n x n matrix to Hessenberg form. Yields the share that is done. */
function* reduceToHessenberg({ run, panel: width }: Kernels, n: number): Generator<number, void, void> {
  for (let panel = 0; panel + 2 < n; panel += width) {
    const columns = Math.min(width, n - 2 - panel);
    const next = panel + columns;
    const done = (share: number) => 1 - ((n - panel - share * columns) / n) ** 2;
    for (let column = 0; column < columns; column++) {
      run.reduceColumn(panel, column);
      yield done(column / columns / 3);
    }
    for (let row = 0; row <= panel; row += ROWS) {
      run.updateTop(panel, row, Math.min(row + ROWS, panel + 1));
      yield done(1 / 3);
    }
    for (let row = panel + 1; row < n; row += 2 * ROWS) {
      run.gather(panel, row, Math.min(row + 2 * ROWS, n));
      yield done(1 / 2);
    }
    run.prepare(panel);
    for (let row = panel + 1; row < n; row += ROWS) {
      run.updateRest(panel, row, Math.min(row + ROWS, n));
      yield done(2 / 3);
    }
    yield 1 - ((n - next) / n) ** 2;
  }
}

/** The largest modulus of an entry on the diagonal or beside it. */
function sizeOf({ matrix, stride }: Kernels, n: number): number {
  let size = 0;
  for (let i = 0; i < n; i++) {
    const here = i * stride + i;
    size = Math.max(size, Math.abs(matrix[here]), i > 0 ? Math.abs(matrix[here - 1]) : 0);
  }
  return size;
}

/** The first row of the unreduced block that ends at `end`: the subdiagonal entry above it is negligible. */
function startOfBlock({ matrix, stride }: Kernels, end: number, size: number): number {
  let start = end;
  for (; start > 0; start--) {
    const here = start * stride + start;
    const around = Math.abs(matrix[here]) + Math.abs(matrix[here - stride - 1]) || size;
    if (Math.abs(matrix[here - 1]) <= Number.EPSILON * around) {
      matrix[here - 1] = 0;
      break;
    }
  }
  return start;
}

/** One sweep of a chain of bulges over [start, end]. Yields after each piece. */
function* sweep({ run }: Kernels, start: number, end: number, bulges: number): Generator<void, void, void> {
  if (bulges === 0) return;
  const times = run.begin(start, end, bulges);
  for (let time = 0; time < times; time += MOVES) {
    run.chase(time, Math.min(time + MOVES, times));
    run.updateRight(run.farColumn(), end + 1);
    yield;
    run.updateAboveChain(start, run.farRow());
    yield;
  }
}

/** The eigenvalues of the Hessenberg matrix; returns whether all were found. Yields the share that is done. */
function* iterate(kernels: Kernels, n: number): Generator<number, boolean, void> {
  const { run } = kernels;
  const size = sizeOf(kernels, n);
  let end = n - 1;
  let fruitless = 0;
  while (end >= 0) {
    const done = 1 - ((end + 1) / n) ** 3;
    yield done;
    const start = startOfBlock(kernels, end, size);
    const rows = end - start + 1;
    if (rows <= SMALL) {
      if (run.finishBlock(start, end) > 0) return false;
      end = start - 1;
      fruitless = 0;
      continue;
    }
    if (fruitless === GIVE_UP_AFTER) return false;
    const usual = between(WINDOW.least, Math.round(WINDOW.share * rows), WINDOW.most);
    const window = Math.min(rows, fruitless < WIDEN_AFTER ? usual : Math.min(2 * usual, WINDOW.widened));
    const found = run.deflate(start, end, window);
    yield done;
    if (found > 0) {
      const top = end - window + 1;
      run.updateAbove(start, top, top);
      yield done;
    }
    end -= found;
    fruitless = found > 0 ? 0 : fruitless + 1;
    const left = rows - found;
    if (found > ENOUGH_FOUND * window || left <= SMALL) continue;
    const wanted = between(SHIFTS.least, Math.round(SHIFTS.share * left), SHIFTS.most);
    const isExceptional = fruitless > 0 && fruitless % EXCEPTIONAL_EVERY === 0;
    const shifts = isExceptional ? run.exceptionalShifts(start, end, wanted) : run.shiftCount();
    for (const _ of sweep(kernels, start, end, Math.min(shifts, wanted) >> 1)) yield done;
  }
  return true;
}

/**
 * The eigenvalues of the n x n matrix of the kernels, put where they put them; returns whether all were found.
 * Yields progress within [0, 1].
 */
export function* solveBlocked(kernels: Kernels, n: number): Generator<number, boolean, void> {
  kernels.re.fill(Number.NaN);
  kernels.im.fill(Number.NaN);
  for (const _ of balance(kernels.matrix, n, kernels.stride)) yield 0;
  yield* within(reduceToHessenberg(kernels, n), 0, REDUCTION);
  return yield* within(iterate(kernels, n), REDUCTION, 1);
}
