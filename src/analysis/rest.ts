/** Finds zeros of a field of the plane: by damped Newton steps with its exact Jacobian, and along curves of them. */
import type { Field } from '../math/field.ts';

/** Where zeros are looked for, and what is small there. */
export interface Search {
  readonly field: Field;
  /** Half the width of the square that is looked at. */
  readonly extent: number;
  /** Zeros further from the origin along an axis are not looked for. */
  readonly reach: number;
  /** The usual length of the field. */
  readonly scale: number;
}

/** A zero, and the Jacobian there [a, b, c, d], row-major. */
export interface Place {
  readonly point: readonly [number, number];
  readonly jacobian: readonly [number, number, number, number];
  readonly fieldNorm: number;
  /** The Jacobian is zero there, as far as can be told, or has at least no inverse. */
  readonly isFlat: boolean;
  readonly isSingular: boolean;
}

interface Reading extends Place {
  readonly f: readonly [number, number];
}

/** Enough for zeros of second order, where each step halves the distance, down to rounding. */
const MOST_STEPS = 90;
/** A step shorter than this, in extents, has arrived. */
const ARRIVED = 1e-13;
/** A field as short as this, in units of its usual length, may be zero. */
const SMALL_FIELD = 1e-10;
/** A last step longer than this, in extents, says that the field fades away rather than being zero. */
const LONG_STEP = 1e-6;
/** A determinant of at most this share of the squared size is zero; so is a Jacobian of this share of the usual slope. */
const SINGULAR = 1e-6;
const FLAT = 1e-8;
/** A step that shortens the field by less than this share leads into a hollow that is no zero. */
const LEAST_GAIN = 1e-4;
/** So far around a zero, in extents, the field must be longer than this, in units of its usual length. */
const AROUND = 1e-2;
const NOTHING = 1e-14;
/** How often a step is halved before the search is given up. */
const HALVINGS = 10;

const one = Float64Array.of(1, 0);
const two = Float64Array.of(0, 1);

const at = new Float64Array(2);
const out = new Float64Array(2);

function fieldAt({ field }: Search, x: number, y: number): readonly [number, number] {
  at[0] = x;
  at[1] = y;
  field.at(at, out);
  return [out[0], out[1]];
}

/** With the Jacobian at a point where the field is known. */
function readingAt({ field, scale, extent }: Search, x: number, y: number, f: Reading['f']): Reading {
  at[0] = x;
  at[1] = y;
  const [a, c] = field.jvp(at, one, out);
  const [b, d] = field.jvp(at, two, out);
  const size = Math.hypot(a, b, c, d);
  const isFlat = !(size > (FLAT * scale) / extent);
  // det is the product of both singular values, size^2 the sum of their squares; divided first: no underflow.
  const det = (a / size) * (d / size) - (b / size) * (c / size);
  const isSingular = isFlat || !(Math.abs(det) > SINGULAR);
  return { point: [x, y], jacobian: [a, b, c, d], fieldNorm: Math.hypot(...f), isFlat, isSingular, f };
}

/**
 * The shortest step that takes the linearised field nearest to zero: Newton's, or that of least squares where the
 * Jacobian has lost a rank.
 */
function stepFrom({ jacobian, f }: Reading): readonly [number, number] {
  const size = Math.hypot(...jacobian);
  if (!(size > 0)) return [0, 0];
  const [a, b, c, d] = jacobian.map((entry) => entry / size);
  const [p, q] = f.map((value) => value / size);
  const det = a * d - b * c;
  if (Math.abs(det) > 1e-12) return [(b * q - d * p) / det, (c * p - a * q) / det];
  // -J'f / ||J||^2 is the pseudo-inverse's answer for a matrix of rank one.
  return [-(a * p + c * q), -(b * p + d * q)];
}

/** The zero that a search from here comes to; undefined where it comes to none within reach. */
export function settle(search: Search, [x, y]: readonly [number, number]): Place | undefined {
  const { extent, reach, scale } = search;
  let here = readingAt(search, x, y, fieldAt(search, x, y));
  let last = 0;
  for (let count = 0; count < MOST_STEPS && Number.isFinite(here.fieldNorm) && here.fieldNorm > 0; count++) {
    const [dx, dy] = stepFrom(here);
    last = Math.hypot(dx, dy);
    if (!Number.isFinite(last)) return undefined;
    if (last <= ARRIVED * extent) break;
    // No further than the picture is wide: beyond, the linear field means little.
    let share = Math.min(1, extent / last);
    let next: Reading | undefined;
    for (let halving = 0; halving <= HALVINGS && !next; halving++, share /= 2) {
      const [p, q] = [here.point[0] + share * dx, here.point[1] + share * dy];
      if (Math.abs(p) > reach || Math.abs(q) > reach) continue;
      const f = fieldAt(search, p, q);
      if (Math.hypot(...f) < here.fieldNorm) next = readingAt(search, p, q, f);
    }
    if (!next) break; // rounding, or the bottom of a hollow of ||F||
    const isHollow = next.fieldNorm > (1 - LEAST_GAIN) * here.fieldNorm;
    here = next;
    if (isHollow) break;
  }
  const isZero =
    here.fieldNorm === 0 || (here.fieldNorm <= SMALL_FIELD * scale && last <= LONG_STEP * extent);
  if (!isZero || !here.jacobian.every(Number.isFinite) || fades(search, here)) return undefined;
  return here;
}

/** Whether the field is next to nothing all around a point: it has faded away there, and is not crossed by zero. */
function fades(search: Search, { point: [x, y] }: Place): boolean {
  const away = AROUND * search.extent;
  return [-1, 0, 1].every((i) =>
    [-1, 0, 1].every((j) => {
      const length = Math.hypot(...fieldAt(search, x + i * away, y + j * away));
      return length <= NOTHING * search.scale;
    }),
  );
}

/** Distance between two points of a curve of zeros, in extents, and how many of them are followed to each side. */
const STRIDE = 0.02;
const MOST_STRIDES = 600;
/** A point that a search comes back to further than this from where it was expected is another's. */
const ASTRAY = 0.5;

/**
 * The curve of zeros through a singular one, followed to both sides as far as the search reaches, as points
 * [count, 2]; undefined where it stands alone.
 */
export function curveThrough(search: Search, place: Place): Float64Array | undefined {
  const first = tangentAt(place);
  if (!first) return undefined;
  const ahead = follow(search, place, first);
  const isClosed = ahead.isClosed;
  const behind = isClosed ? [] : follow(search, place, [-first[0], -first[1]]).points;
  const points = [...behind.reverse(), place.point, ...ahead.points];
  if (isClosed) points.push(place.point);
  return points.length < 3 ? undefined : Float64Array.from(points.flat());
}

/** The direction in which the linearised field stays zero; undefined where that is every one. */
function tangentAt({ jacobian: [a, b, c, d] }: Place): readonly [number, number] | undefined {
  const isFirst = Math.hypot(a, b) >= Math.hypot(c, d);
  const [p, q] = isFirst ? [a, b] : [c, d];
  const length = Math.hypot(p, q);
  return length > 0 ? [-q / length, p / length] : undefined;
}

function follow(search: Search, from: Place, direction: readonly [number, number]) {
  const stride = STRIDE * search.extent;
  const points: (readonly [number, number])[] = [];
  let here = from;
  let [ux, uy] = direction;
  for (let count = 0; count < MOST_STRIDES; count++) {
    const expected = [here.point[0] + stride * ux, here.point[1] + stride * uy] as const;
    if (Math.abs(expected[0]) > search.reach || Math.abs(expected[1]) > search.reach) break;
    const next = settle(search, expected);
    const away = next && Math.hypot(next.point[0] - expected[0], next.point[1] - expected[1]);
    if (!next?.isSingular || away === undefined || away > ASTRAY * stride) break;
    points.push(next.point);
    const back = Math.hypot(next.point[0] - from.point[0], next.point[1] - from.point[1]);
    if (count > 2 && back < stride * 0.75) return { points, isClosed: true };
    const tangent = tangentAt(next);
    if (!tangent) break;
    const sign = tangent[0] * ux + tangent[1] * uy < 0 ? -1 : 1;
    [ux, uy] = [sign * tangent[0], sign * tangent[1]];
    here = next;
  }
  return { points, isClosed: false };
}
