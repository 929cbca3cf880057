/** A plane through the parameters of a run: where slices of the field and of the flow are drawn. */
import type { Field } from '../math/field.ts';
import { eigenSymmetric } from '../math/jacobi.ts';
import { stream } from '../math/random.ts';
import { addScaled, dot, isFiniteVector, norm, type Vector } from '../math/vector.ts';
import type { planeSettings } from './choices.ts';
import type { Moment, RunSoFar, Work } from './probe.ts';

export interface PlaneChoice {
  readonly plane: keyof typeof planeSettings.plane.options;
  readonly checkpoints: readonly number[];
}

/** The point of coordinates (x, y) is origin + x basis[0] + y basis[1]. */
export interface Plane {
  readonly kind: PlaneChoice['plane'];
  readonly origin: Vector;
  /** Orthonormal. */
  readonly basis: readonly [Vector, Vector];
  /** Which directions were drawn at random, because the run does not give them: nothing moved, or in line. */
  readonly random: readonly [boolean, boolean];
  /** Of the trajectory's plane, the share of the kept points' variance along each direction. */
  readonly explained: readonly [number, number];
  /** How far from the origin there is something to see. */
  readonly reach: number;
}

/** A direction counts as new if so much of it is left beside the first one. */
const INDEPENDENT = 1e-8;
/** How much wider than what is to be seen a picture is. */
const MARGIN = 1.25;
/** The plane of a step shows so many steps like the last one, in every direction. */
const STEPS_SHOWN = 20;

/**
 * The chosen plane at a moment. Where the run gives too few directions, those that are missing come from the
 * stream `plane.direction` of its seed, so that the same moment has the same plane. To be begun, like all work,
 * while the run stands at the moment: its last step is taken once more.
 */
export function* planeOf(moment: Moment, choice: PlaneChoice, field: Field): Work<Plane> {
  const { scene, point } = moment;
  const isFlat = scene.size === 2 && scene.split === 1;
  if (choice.plane === 'game' && isFlat) {
    const { picture } = scene.model;
    return {
      kind: 'game',
      origin: new Float64Array(2),
      basis: [Float64Array.of(1, 0), Float64Array.of(0, 1)],
      random: [false, false],
      explained: [0, 0],
      reach: picture.kind === 'plane' ? picture.extent : MARGIN * Math.max(norm(point), 1 / MARGIN),
    };
  }
  const kept = keptPoints(moment);
  if (choice.plane === 'trajectory') {
    const { directions, explained } = principal(kept);
    return { kind: 'trajectory', ...spanned(moment, directions), explained, reach: farthest(point, kept) };
  }
  if (choice.plane === 'checkpoints') {
    const chosen = choice.checkpoints.map((share) => keptAt(moment, share));
    const directions = chosen.map((there) => addScaled(there.slice(), point, -1));
    return {
      kind: 'checkpoints',
      ...spanned(moment, directions),
      explained: [0, 0],
      reach: farthest(point, chosen),
    };
  }
  const way = yield* lastStepOf(moment);
  return {
    kind: 'stepAndField',
    ...spanned(moment, [way, field.at(point)]),
    explained: [0, 0],
    reach: STEPS_SHOWN * norm(way) || 1,
  };
}

/** Coordinates of a point in a plane, and its distance from it. */
export function coordinatesIn(plane: Plane, point: Vector): { x: number; y: number; away: number } {
  const from = addScaled(point.slice(), plane.origin, -1);
  const [x, y] = projected(plane, from);
  addScaled(addScaled(from, plane.basis[0], -x), plane.basis[1], -y);
  return { x, y, away: norm(from) };
}

/** The components of a vector along a plane. */
export const projected = ({ basis }: Plane, vector: Vector): [number, number] => [
  dot(basis[0], vector),
  dot(basis[1], vector),
];

/** Where a run was, in a plane: positions [count, 2] and distances from the plane [count]. */
export function trailIn(plane: Plane, points: ReturnType<RunSoFar['points']>) {
  const positions = new Float64Array(2 * points.length);
  const away = new Float64Array(points.length);
  points.forEach(({ point }, i) => {
    const at = coordinatesIn(plane, point);
    positions[2 * i] = at.x;
    positions[2 * i + 1] = at.y;
    away[i] = at.away;
  });
  return { steps: Float64Array.from(points, ({ step }) => step), positions, away };
}

/** The points that the run kept, the oldest first; the moment's own where there is no run. */
function keptPoints({ run, point }: Moment): readonly Vector[] {
  return run?.points().map((kept) => kept.point) ?? [point];
}

/** The kept point nearest to a share of the run's length; at 1, the point at which the run is judged. */
export function keptAt(moment: Moment, share: number): Vector {
  return keptStepAt(moment, share).point;
}

export function keptStepAt({ run, point, step }: Moment, share: number): { step: number; point: Vector } {
  const points = run?.points();
  if (share === 1 || !points || points.length === 0) return { step, point };
  const wanted = points[0].step + share * (step - points[0].step);
  return points.reduce((best, each) =>
    Math.abs(each.step - wanted) < Math.abs(best.step - wanted) ? each : best,
  );
}

/** The run's last step, taken once more from a state before it; zero where there was none. */
function* lastStepOf({ run, step, point }: Moment): Work<Vector> {
  const state = run?.earlier();
  if (!run || !state || (state.step as number) >= step) return new Float64Array(point.length);
  while ((state.step as number) < step - 1) {
    run.next(state);
    yield 0;
  }
  const before = (state.point as Vector).slice();
  run.next(state);
  return addScaled((state.point as Vector).slice(), before, -1);
}

/** Half the width of a picture about `centre` that shows all of these points. */
function farthest(centre: Vector, points: readonly Vector[]): number {
  const distances = points.map((point) => norm(addScaled(point.slice(), centre, -1)));
  return MARGIN * Math.max(...distances) || 1;
}

/**
 * The two leading principal directions of some points, by their Gram matrix: its eigenvectors weigh the points.
 * Each points from the first point towards the last.
 */
function principal(points: readonly Vector[]): { directions: Vector[]; explained: [number, number] } {
  const count = points.length;
  const mean = new Float64Array(points[0].length);
  for (const point of points) addScaled(mean, point, 1 / count);
  const centred = points.map((point) => addScaled(point.slice(), mean, -1));
  const gram = new Float64Array(count * count);
  for (let i = 0; i < count; i++)
    for (let j = 0; j <= i; j++) {
      gram[i * count + j] = dot(centred[i], centred[j]);
      gram[j * count + i] = gram[i * count + j];
    }
  const { values, vectors } = eigenSymmetric(gram, count);
  let total = 0;
  for (let i = 0; i < count; i++) total += gram[i * count + i];
  const whole = addScaled(points[count - 1].slice(), points[0], -1);
  const share = (k: number) => (k < count && total > 0 ? Math.max(0, values[k] / total) : 0);
  const directions = [0, 1].map((k) => {
    const direction = new Float64Array(mean.length);
    // What rounding leaves of a variance of zero is no direction.
    if (share(k) < INDEPENDENT ** 2) return direction;
    for (let i = 0; i < count; i++) addScaled(direction, centred[i], vectors[k * count + i]);
    return dot(direction, whole) < 0 ? direction.map((value) => -value) : direction;
  });
  return { directions, explained: [share(0), share(1)] };
}

/** An orthonormal basis of two directions through the moment's point, random ones where they give none. */
function spanned({ experiment, point }: Moment, directions: readonly Vector[]) {
  const basis: Vector[] = [];
  const random: boolean[] = [];
  for (const axis of [0, 1]) {
    const given = orthonormalised(directions[axis], basis);
    random.push(given === undefined);
    // A drawn direction lies in the plane of the first one with probability 0.
    const drawn = () =>
      stream(experiment.seed, 'plane.direction', 0, axis).normals(new Float64Array(point.length));
    basis.push(given ?? (orthonormalised(drawn(), basis) as Vector));
  }
  return {
    origin: point.slice(),
    basis: [basis[0], basis[1]] as const,
    random: [random[0], random[1]] as const,
  };
}

/** The unit vector of what is left of a direction beside others; undefined if that is nothing. */
export function orthonormalised(direction: Vector, others: readonly Vector[]): Vector | undefined {
  const length = norm(direction);
  if (!(length > 0) || !isFiniteVector(direction)) return undefined;
  const left = direction.map((value) => value / length);
  // Twice, for rounding.
  for (let pass = 0; pass < 2; pass++) for (const other of others) addScaled(left, other, -dot(other, left));
  const rest = norm(left);
  return rest > INDEPENDENT ? left.map((value) => value / rest) : undefined;
}
