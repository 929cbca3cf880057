/** How the steps of a run lie on the axis of the charts: by number, by readings of the field, or by time. */
import type { Series } from './record.ts';

export const axes = ['steps', 'evaluations', 'seconds'] as const;
/** What charts run along. */
export type Axis = (typeof axes)[number];

/** What each step of a run had taken by then. Every run begins with nothing taken. */
export interface Clock {
  /** After `step` steps; a step that was noted before is passed over. */
  note(step: number, evaluations: number, seconds: number): void;
  /** Forgets what came after a step: the run went on from there in another way. */
  cut(step: number): void;
  clear(): void;
  /** Where the newest step lies. */
  end(axis: Axis): number;
  /** Where steps lie, between those that were noted too; quickest when asked in their order. */
  along(axis: Axis): (step: number) => number;
  /** The step that lies there, with its fraction. */
  stepAt(axis: Axis, value: number): number;
}

/** Fractions of a step below this are rounding: a step that was noted is found again. */
const WHOLE = 1e6;

/** `rows` keeps step, evaluations and seconds. */
export function openClock(rows: Series): Clock {
  const newest = [0, 0, 0];

  /** Of a place on one column, where it lies on another. */
  function between(value: number, from: number, to: number, row: number): number {
    const { columns, length } = rows;
    const at = (column: number, i: number) => (i < 0 ? 0 : i < length ? columns[column][i] : newest[column]);
    const [x0, x1] = [at(from, row), at(from, row + 1)];
    const [y0, y1] = [at(to, row), at(to, row + 1)];
    if (!(x1 > x0)) return y1;
    return y0 + ((y1 - y0) * (Math.max(x0, Math.min(x1, value)) - x0)) / (x1 - x0);
  }

  /** The last row whose value in this column is not beyond; -1 before the first. */
  function rowBefore(value: number, column: number): number {
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (rows.columns[column][middle] <= value) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  const along = (column: number, step: number) => between(step, 0, column, rowBefore(step, 0));

  return {
    note(step, evaluations, seconds) {
      if (step <= newest[0]) return;
      newest[0] = step;
      newest[1] = Math.max(newest[1], evaluations);
      newest[2] = Math.max(newest[2], seconds);
      rows.add(...newest);
    },
    cut(step) {
      if (step >= newest[0]) return;
      const now = [step, along(1, step), along(2, step)];
      rows.goTo(step);
      rows.cut();
      now.forEach((value, i) => {
        newest[i] = value;
      });
    },
    clear() {
      rows.clear();
      newest.fill(0);
    },
    end: (axis) => newest[axes.indexOf(axis)],
    along(axis) {
      if (axis === 'steps') return (step) => step;
      const to = axes.indexOf(axis);
      let row = -1;
      return (step) => {
        const [steps] = rows.columns;
        if (row >= 0 && steps[row] > step) row = rowBefore(step, 0);
        while (row + 1 < rows.length && steps[row + 1] <= step) row += 1;
        return between(step, 0, to, row);
      };
    },
    stepAt(axis, value) {
      if (axis === 'steps') return value;
      const from = axes.indexOf(axis);
      const step = between(value, from, 0, rowBefore(value, from));
      return Math.round(step * WHOLE) / WHOLE;
    },
  };
}
