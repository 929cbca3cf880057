/** The derivative of a run's update on all that it remembers, read off from steps that begin a little beside it. */
import type { Experiment } from '../catalog/experiment.ts';
import { type Eigenvalues, eigenvalues } from '../math/eigenvalues.ts';
import { cloneMemory, copier, type Memory } from '../math/memory.ts';
import type { Vector } from '../math/vector.ts';
import { pacer, type Steps, type Work } from './probe.ts';

export interface UpdateMap {
  /** Numbers of the state that count; the point's come first. */
  readonly size: number;
  /** d (number i after) / d (number j before), row-major. */
  readonly matrix: Float64Array;
  /** The same from other differences: how far the two are apart is how well they are known. */
  readonly rough: Float64Array;
  /** Whether the differences agree as those of a smooth map do: not beside a choice, a bound or a jump. */
  readonly smooth: boolean;
}

export type Care = 'exact' | 'quick';

/** The widest difference is as long as the state itself: on an affine map it is exact up to rounding. */
const WIDE = 1;
/**
 * Narrower ones, in units of each number's own size. With Richardson's extrapolation the error at 2^-10 is about
 * 2^-40 times the fifth derivative and the rounding times 2^10; the others are for maps that bend in less space,
 * such as Adam's near its epsilon.
 */
const NARROW = [2 ** -10, 2 ** -18, 2 ** -26, 2 ** -34, 2 ** -42];
/** For quick readings, of one difference a column: about as much bending as rounding, some 1e-10. */
const QUICK = 2 ** -17;
/** Differences that agree to this much of the largest are good enough to stop at. */
const GOOD = 1e-7;
/** Halving a difference halves what two sides of a smooth map disagree by; at a kink it stays. */
const KINK = 0.75;
/** Differences apart by more than this share at their best are none of a derivative. */
const JUMP = 0.1;
/** Rounding in a step, in units of that of its numbers. */
const ROUNDING = 64;

/**
 * The derivative at `state` of `take`, which takes the steps of a whole period in place. `unit` is the rounding
 * of the device's numbers. `quick` readings take a quarter of the steps or less, and do not know their error.
 *
 * Central differences, column by column. Left out is what has no part in the run's stability: numbers that follow
 * from nothing but themselves (counts of steps, Adam's bias corrections), and memories that the point never hears
 * of (an average of the run). Both are blocks of a triangular matrix, so all other eigenvalues stay what they are.
 * Vectors come first in the matrix, the point before all; plain numbers follow.
 */
export function* readUpdateMap(
  take: (state: Memory) => void,
  state: Memory,
  unit = Number.EPSILON,
  care: Care = 'exact',
): Work<UpdateMap> {
  const at = cloneMemory(state);
  const restore = copier(state, at);
  const places = placesOf(at);
  const total = places.length;
  const base = Float64Array.from(places, (place) => place.get());
  const scales = scalesOf(places, base);
  const widest = base.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) || 1;
  const pointSize = (state.point as Vector).length;
  const isDue = pacer();

  const run = (out: Float64Array, j = -1, delta = 0): Float64Array => {
    restore();
    if (j >= 0) places[j].set(base[j] + delta);
    take(at);
    for (let i = 0; i < total; i++) out[i] = places[i].get();
    return out;
  };
  const [middle, above, below] = [0, 1, 2].map(() => new Float64Array(total));
  run(middle);
  let largestAfter = 0;
  for (const value of middle) largestAfter = Math.max(largestAfter, Math.abs(value));

  interface Difference {
    readonly central: Float64Array;
    /** How far the two sides disagree. */
    readonly bend: number;
  }
  const differ = (j: number, h: number): Difference => {
    // What is really added, once rounded.
    const up = base[j] + h - base[j];
    const down = base[j] - (base[j] - h);
    run(above, j, up);
    run(below, j, -down);
    // Where one side is nothing (below a mean square of 0), the other stands for both.
    const hasBelow = below.every(Number.isFinite);
    const central = new Float64Array(total);
    let bend = 0;
    for (let i = 0; i < total; i++) {
      const right = (above[i] - middle[i]) / up;
      const left = hasBelow ? (middle[i] - below[i]) / down : right;
      central[i] = hasBelow ? (above[i] - below[i]) / (up + down) : right;
      bend = Math.max(bend, Math.abs(right - left));
    }
    return { central, bend };
  };

  const apart = (a: Float64Array, b: Float64Array) => {
    let most = 0;
    for (let i = 0; i < total; i++) most = Math.max(most, Math.abs(a[i] - b[i]));
    return Number.isNaN(most) ? Number.POSITIVE_INFINITY : most;
  };
  const largest = (a: Float64Array) => a.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

  function readColumn(j: number): Column {
    if (care === 'quick') {
      const { central } = differ(j, QUICK * scales[j]);
      return { best: central, other: central, smooth: true };
    }
    const wide = differ(j, WIDE * widest);
    const h = NARROW[0] * widest;
    const check = differ(j, h);
    const rounding = (ROUNDING * unit * Math.max(largestAfter, widest)) / h;
    const most = rounding * (1 + largest(wide.central));
    if (apart(wide.central, check.central) <= most && wide.bend <= most && check.bend <= most)
      return { best: wide.central, other: wide.central, smooth: true };
    let best: Column | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const share of NARROW) {
      const whole = differ(j, share * scales[j]);
      const half = differ(j, (share * scales[j]) / 2);
      const gap = apart(whole.central, half.central);
      const size = largest(half.central);
      const noise = (ROUNDING * unit * largestAfter) / (share * scales[j]);
      const doubt = Math.max(gap, noise);
      if (!(doubt < least) && best) continue;
      least = doubt;
      const extrapolated = half.central.map((value, i) => (4 * value - whole.central[i]) / 3);
      const hasKink = half.bend > KINK * whole.bend && half.bend > Math.max(JUMP * size, 8 * noise);
      const hasJump = gap > JUMP * size + 8 * noise;
      best = { best: extrapolated, other: half.central, smooth: !hasKink && !hasJump };
      if (doubt <= GOOD * size) break;
    }
    return best as Column;
  }

  const columns = new Map<number, Column>();
  const wanted = places.flatMap((place, i) => (place.alone ? [] : [i]));
  const known = wanted.length;
  while (wanted.length > 0) {
    const j = wanted.shift() as number;
    const column = readColumn(j);
    columns.set(j, column);
    // A plain number that answers to something is part of it.
    places.forEach((place, i) => {
      if (place.alone && !columns.has(i) && !wanted.includes(i) && i !== j && column.best[i] !== 0)
        wanted.push(i);
    });
    if (isDue()) yield Math.min(1, columns.size / Math.max(known, columns.size + wanted.length));
  }

  return assemble(columns, pointSize);
}

interface Column {
  readonly best: Float64Array;
  readonly other: Float64Array;
  readonly smooth: boolean;
}

/** The map of those numbers that have a part in where the point goes. */
function assemble(columns: ReadonlyMap<number, Column>, pointSize: number): UpdateMap {
  const heard = reaching([...columns.keys()], (i, j) => columns.get(j)?.best[i] !== 0, pointSize);
  const size = heard.length;
  const matrix = new Float64Array(size * size);
  const rough = new Float64Array(size * size);
  heard.forEach((j, b) => {
    const column = columns.get(j) as Column;
    heard.forEach((i, a) => {
      matrix[a * size + b] = column.best[i];
      rough[a * size + b] = column.other[i];
    });
  });
  return { size, matrix, rough, smooth: [...columns.values()].every(({ smooth }) => smooth) };
}

/** What a linear step is moved by: a power of 2, so that no digit is lost; short, for steps that bend. */
const NUDGE = 2 ** -30;

/**
 * `readUpdateMap` for a state in which point and vectors are 0 and stay so, of a step that is linear near it: one
 * run for each number of a vector, exact up to the step's own rounding.
 */
function readAtRest(take: (state: Memory) => void, state: Memory): UpdateMap {
  const at = cloneMemory(state);
  const restore = copier(state, at);
  const places = placesOf(at);
  const vectors = places.filter(({ alone }) => !alone);
  const run = (): Float64Array => {
    take(at);
    return Float64Array.from(vectors, (place) => place.get());
  };
  const rest = run();
  const columns = new Map<number, Column>();
  vectors.forEach((place, j) => {
    restore();
    place.set(place.get() + NUDGE);
    const column = run().map((value, i) => (value - rest[i]) / NUDGE);
    columns.set(j, { best: column, other: column, smooth: true });
  });
  return assemble(columns, (state.point as Vector).length);
}

/** Of these indices, those of the point and all that some of them answers to. */
function reaching(
  indices: readonly number[],
  answers: (i: number, j: number) => boolean,
  pointSize: number,
): number[] {
  const found = new Set(indices.filter((i) => i < pointSize));
  for (const i of found) for (const j of indices) if (!found.has(j) && answers(i, j)) found.add(j);
  return indices.filter((i) => found.has(i));
}

/** One number of a state. */
interface Place {
  get(): number;
  set(value: number): void;
  /** The vector that it is in; a plain number stands alone. */
  readonly vector: Vector | undefined;
  readonly alone: boolean;
}

/** The numbers of a state: the point's, its memories' by name, then plain ones. Counts of the run itself are none. */
function placesOf(state: Memory): Place[] {
  const inVectors: Place[] = [];
  const alone: Place[] = [];
  const collect = (memory: Memory): void => {
    for (const name of Object.keys(memory).sort()) {
      const value = memory[name];
      if (typeof value === 'number') {
        const set = (next: number) => {
          memory[name] = next;
        };
        alone.push({ get: () => memory[name] as number, set, vector: undefined, alone: true });
      } else if (value instanceof Float64Array) {
        value.forEach((_, i) => {
          const set = (next: number) => {
            value[i] = next;
          };
          inVectors.push({ get: () => value[i], set, vector: value, alone: false });
        });
      } else collect(value);
    }
  };
  for (const name of ['point', 'memory', 'states']) if (name in state) collect({ [name]: state[name] });
  return [...inVectors, ...alone];
}

/** How many numbers a state is made of, counts included. */
export const sizeOfState = (state: Memory): number => placesOf(state).length;

/** How large each number is: as its vector is, or as the point where that is 0, or 1. */
function scalesOf(places: readonly Place[], base: Float64Array): Float64Array {
  const ofVectors = new Map<Vector, number>();
  places.forEach(({ vector }, i) => {
    if (vector) ofVectors.set(vector, Math.max(ofVectors.get(vector) ?? 0, Math.abs(base[i])));
  });
  const point = places[0]?.vector;
  const usual = (point && ofVectors.get(point)) || 1;
  return Float64Array.from(places, ({ vector }, i) =>
    vector ? ofVectors.get(vector) || usual : Math.abs(base[i]) || 1,
  );
}

/** The eigenvalues of an update map, and the largest of their moduli with its doubt, at least that of rounding. */
export function spectrumOf(
  { matrix, rough, size }: UpdateMap,
  unit = Number.EPSILON,
): Eigenvalues & { radius: number; error: number } {
  const found = eigenvalues(matrix, size);
  const radius = radiusOf(found);
  const other = matrix.every((value, i) => value === rough[i]) ? radius : radiusOf(eigenvalues(rough, size));
  return { ...found, radius, error: Math.max(Math.abs(radius - other), size * unit * radius) };
}

const radiusOf = ({ re, im }: Eigenvalues): number =>
  re.reduce((largest, value, i) => Math.max(largest, Math.hypot(value, im[i])), 0);

/**
 * The update map of an experiment's `period` steps together where its run would begin at `point`, after as many
 * steps, which fill the memories and set the flags of a beginning.
 */
export function readUpdateAt(
  steps: Steps,
  experiment: Experiment,
  point: Vector,
  period: number,
  care: Care = 'exact',
): Work<UpdateMap> {
  const { take, state } = warmedUp(steps, experiment, point, period);
  return readUpdateMap(take, state, Number.EPSILON, care);
}

/** The same for a linear method at the origin of a game that has its equilibrium there: at once, and quickly. */
export function readUpdateAtRest(
  steps: Steps,
  experiment: Experiment,
  origin: Vector,
  period: number,
): UpdateMap {
  const { take, state } = warmedUp(steps, experiment, origin, period);
  return readAtRest(take, state);
}

function warmedUp(steps: Steps, experiment: Experiment, point: Vector, period: number) {
  const take = (state: Memory) => {
    for (let step = 0; step < period; step++) steps.next(state, experiment);
  };
  const state = steps.begin(experiment, point);
  take(state);
  return { take, state };
}
