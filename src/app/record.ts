/** What the page remembers of a run, outside React: its newest frame and readings, and thinned histories. */
import type { Readings } from '../analysis/index.ts';
import type { Frame } from '../worker/protocol.ts';

/** The longest path that is drawn, in points. */
export const PATH_POINTS = 20_000;
/** A series keeps at most this many rows; beyond, every second one goes. */
const SERIES_ROWS = 16_384;

/** Columns of numbers over steps. When it is full, every second row goes, so all of a run stays in view. */
export interface Series {
  readonly length: number;
  /** One typed array per column, longer than `length`; the first column is the step. */
  readonly columns: readonly Float64Array[];
  add(...row: number[]): void;
  clear(): void;
}

export function openSeries(width: number, limit = SERIES_ROWS): Series {
  const columns = Array.from({ length: width }, () => new Float64Array(limit));
  let length = 0;
  /** Only every `stride`-th row that is offered is kept. */
  let stride = 1;
  let offered = 0;
  return {
    get length() {
      return length;
    },
    columns,
    add(...row) {
      if (offered++ % stride !== 0) return;
      if (length === limit) {
        for (const column of columns) {
          for (let i = 0; 2 * i < limit; i++) column[i] = column[2 * i];
        }
        length = Math.ceil(limit / 2);
        stride *= 2;
        if ((offered - 1) % stride !== 0) return;
      }
      for (let i = 0; i < width; i++) columns[i][length] = row[i];
      length += 1;
    },
    clear() {
      length = 0;
      stride = 1;
      offered = 0;
    },
  };
}

/** The newest points of a path in the plane, oldest first, each with its step. */
export interface Trail {
  readonly length: number;
  /** theta, phi and step of the i-th point that is kept. */
  theta(i: number): number;
  phi(i: number): number;
  step(i: number): number;
  add(path: Float64Array, lastStep: number): void;
  clear(): void;
}

export function openTrail(limit = PATH_POINTS): Trail {
  const points = new Float64Array(2 * limit);
  const steps = new Float64Array(limit);
  let noted = 0;
  const kept = () => Math.min(noted, limit);
  const place = (i: number) => (noted - kept() + i) % limit;
  return {
    get length() {
      return kept();
    },
    theta: (i) => points[2 * place(i)],
    phi: (i) => points[2 * place(i) + 1],
    step: (i) => steps[place(i)],
    add(path, lastStep) {
      const count = path.length / 2;
      for (let i = 0; i < count; i++) {
        // The step that overflowed leads nowhere that could be drawn.
        if (!Number.isFinite(path[2 * i]) || !Number.isFinite(path[2 * i + 1])) continue;
        const at = noted % limit;
        points[2 * at] = path[2 * i];
        points[2 * at + 1] = path[2 * i + 1];
        steps[at] = lastStep - count + 1 + i;
        noted += 1;
      }
    },
    clear() {
      noted = 0;
    },
  };
}

/** A reading and when it was taken. */
export interface Taken<R> {
  readonly reading: R;
  readonly step: number;
  /** When it reached the page, performance.now(). */
  readonly at: number;
}

type Latest = { [Name in keyof Readings]?: Taken<NonNullable<Readings[Name]>> };

export interface RunRecord {
  readonly frame: Frame | undefined;
  /** The newest reading of each probe. */
  readonly latest: Latest;
  /** step, generator, discriminator */
  readonly losses: Series;
  /** step, covered modes, total modes, share of high quality */
  readonly modes: Series;
  /** step, distance to the nearest equilibrium; filled by whoever knows the equilibria */
  readonly distance: Series;
  /** The same of the average, where the run's path is known beside it. */
  readonly averageDistance: Series;
  /** step, probabilities of the first player's actions (3), of the second's (3) */
  readonly strategies: Series;
  /** step, shares of right labels in the source and in the target, share of right domains */
  readonly accuracy: Series;
  readonly trail: Trail;
  /** `start` is the point before the first step, where it is known. */
  add(frame: Frame, at: number, start?: readonly number[]): void;
  /** Forgets everything: another run begins. */
  clear(): void;
  subscribe(listener: () => void): () => void;
}

export function openRecord(): RunRecord {
  const losses = openSeries(3, 2 * SERIES_ROWS);
  const modes = openSeries(4);
  const distance = openSeries(2);
  const averageDistance = openSeries(2);
  const strategies = openSeries(7);
  const accuracy = openSeries(4);
  const trail = openTrail();
  const listeners = new Set<() => void>();
  let latest: Record<string, Taken<unknown>> = {};
  let frame: Frame | undefined;

  function forget(): void {
    for (const history of [losses, modes, distance, averageDistance, strategies, accuracy, trail])
      history.clear();
    latest = {};
    frame = undefined;
  }

  return {
    get frame() {
      return frame;
    },
    get latest() {
      return latest as Latest;
    },
    losses,
    modes,
    distance,
    averageDistance,
    strategies,
    accuracy,
    trail,
    add(next, at, start) {
      if (frame && (next.run !== frame.run || next.step < frame.step)) forget();
      frame = next;
      const { step, generator, discriminator } = next.losses;
      for (let i = 0; i < step.length; i++) losses.add(step[i], generator[i], discriminator[i]);
      const beginsHere = trail.length === 0 && 2 * next.step === next.path.length;
      if (start && beginsHere) trail.add(Float64Array.from(start), 0);
      trail.add(next.path, next.step);
      for (const [name, reading] of Object.entries(next.readings)) {
        latest[name] = { reading, step: next.step, at };
      }
      const { modes: count, strategies: mixed, domainAccuracy } = next.readings;
      const isNew = (series: Series) =>
        series.length === 0 || series.columns[0][series.length - 1] < next.step;
      if (count && isNew(modes)) modes.add(next.step, count.covered, count.total, count.highQuality);
      if (mixed && isNew(strategies)) strategies.add(next.step, ...mixed.first, ...mixed.second);
      if (domainAccuracy && isNew(accuracy)) {
        const { source, target, domain } = domainAccuracy;
        accuracy.add(next.step, source, target, domain);
      }
      for (const listener of listeners) listener();
    },
    clear() {
      forget();
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
