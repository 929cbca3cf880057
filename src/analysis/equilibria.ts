/**
 * Where both players of a game of two parameters are at rest, and what each of these points is: to the flow of
 * descent, to the players, and to the optimizer that plays.
 */
import type { Experiment } from '../catalog/experiment.ts';
import { openScene, type SceneField } from '../catalog/scene.ts';
import { reference } from '../compute/reference/reference.ts';
import { part } from '../math/work.ts';
import { group, number } from '../settings/index.ts';
import { defineLongProbe, type Moment, pacer, type Work } from './probe.ts';
import { curveThrough, type Place, type Search, settle } from './rest.ts';
import { periodOf, schemeOf } from './stability.ts';
import { readUpdateAt, spectrumOf } from './updateMap.ts';

/** What a point of rest is to the flow of descent: by the eigenvalues of J, to first order. */
export const restKinds = [
  'stable node',
  'stable focus',
  'centre',
  'saddle',
  'unstable focus',
  'unstable node',
  'degenerate',
] as const;
export type RestKind = (typeof restKinds)[number];

/**
 * Searches begin on square grids about the origin: [half the width in extents, points along a side]. An even
 * number, so that no start is in the middle, where Jacobians of simple games tend to be singular.
 */
const GRIDS = [
  [1, 14],
  [4, 16],
] as const;
/** Points further out than this, in extents, are not looked for. */
const REACH = 4;
/** Points nearer than this, in extents, are the same. */
const SAME = 1e-5;
/** Of each kind as many are listed. */
const MOST_POINTS = 64;
/** Beyond so many no more are looked for. */
const MOST_FOUND = 400;
const MOST_CURVES = 8;
/** Steps of the optimizer that one reading may take to see where it settles. */
const MOST_STEPS = 200_000;
/** Eigenvalues and curvatures of at most this share of the largest entry of J count as zero. */
const ZERO_SHARE = 1e-6;

export const equilibria = defineLongProbe({
  name: 'equilibria',
  label: 'equilibria',
  summary:
    'All points of rest of a game of two parameters that a search from many starts finds: what they are to the flow, to the players and to the optimizer.',
  cost: 'long',
  settings: group({
    extent: number({
      label: 'extent',
      summary: `Half the width of the square that is searched closely; up to ${REACH} times as far it is searched widely. 0 takes the picture’s.`,
      default: 0,
      min: 0,
      max: 1e12,
    }),
  }),
  fits: (scene) => scene.size === 2 && scene.split === 1,
  *work(moment, settings) {
    const { scene, experiment, step } = moment;
    const { picture } = scene.model;
    const extent = settings.extent || (picture.kind === 'plane' ? picture.extent : 1);
    // Short numbers cannot tell zero from small.
    const isShort = scene.device.precision === 'float32';
    const own = isShort ? openScene(experiment, reference) : scene;
    try {
      const field = own.wholeField?.() ?? own.frozenField(experiment.seed, step);
      const other = own.wholeField?.() ?? own.frozenField(experiment.seed, step + 1);
      const isSampled = startsOf(extent).some((start) => differ(field, other, Float64Array.from(start)));
      return yield* read(field, extent, moment, isSampled);
    } finally {
      if (isShort) own.dispose();
    }
  },
});

/** Whether two batches see another field at a point. */
function differ(a: SceneField, b: SceneField, at: Float64Array): boolean {
  const [p, q] = [a.at(at), b.at(at)];
  return a !== b && p.some((value, i) => !Object.is(value, q[i]));
}

function* read(field: SceneField, extent: number, moment: Moment, sampled: boolean) {
  const { step, experiment } = moment;
  const search = openSearch(field, extent);
  const found = yield* findAll(search);
  const isZeroSum = looksZeroSum(field, extent);
  const points: Point[] = [];
  for (const place of found.places) points.push(describe(place, field, extent, isZeroSum));
  const radii = yield* radiiAt(points, moment, experiment);
  return {
    step,
    /** Half the width of the square that was searched closely, and widely. */
    extent,
    reach: REACH * extent,
    /** Whether what one player wins the other loses, in all points that were asked. */
    zeroSum: isZeroSum,
    /** These are the points of rest of one batch: another one has others. */
    sampled,
    /** Nothing moves anywhere: the field is zero at all starts. */
    everywhere: found.everywhere,
    /** More were found than are told. */
    more: found.more,
    points: points.map((point, i) => ({ ...point, ...radii[i] })),
    /** Curves of points of rest, each as points [count, 2] in their order. */
    curves: found.curves,
  };
}

/** Starts of searches, the nearest to the middle first. */
function startsOf(extent: number): [number, number][] {
  const starts: [number, number][] = [[0, 0]];
  for (const [width, count] of GRIDS) {
    for (let row = 0; row < count; row++) {
      for (let column = 0; column < count; column++) {
        const at = (i: number) => width * extent * ((2 * i + 1) / count - 1);
        starts.push([at(column), at(row)]);
      }
    }
  }
  return starts;
}

function openSearch(field: SceneField, extent: number): Search {
  // A typical length of the field near the middle tells what is small.
  const lengths: number[] = [];
  const at = new Float64Array(2);
  const [, count] = GRIDS[0];
  for (let i = 0; i < count * count; i++) {
    at[0] = extent * ((2 * (i % count) + 1) / count - 1);
    at[1] = extent * ((2 * Math.floor(i / count) + 1) / count - 1);
    const [x, y] = field.at(at);
    const length = Math.hypot(x, y);
    if (length > 0 && Number.isFinite(length)) lengths.push(length);
  }
  lengths.sort((a, b) => a - b);
  return { field, extent, reach: REACH * extent, scale: lengths[Math.floor(lengths.length / 2)] ?? 0 };
}

function* findAll(search: Search): Work<{
  places: Place[];
  curves: Float64Array[];
  everywhere: boolean;
  more: boolean;
}> {
  const { extent } = search;
  const places: Place[] = [];
  const curves: Float64Array[] = [];
  let more = false;
  if (search.scale === 0) return { places, curves, everywhere: true, more };
  const isDue = pacer();
  const starts = startsOf(extent);
  for (const [i, start] of starts.entries()) {
    if (isDue()) yield (0.8 * i) / starts.length;
    const place = settle(search, start);
    if (!place) continue;
    const isNear = ({ point }: Place) =>
      Math.hypot(point[0] - place.point[0], point[1] - place.point[1]) <= nearness(place, extent);
    if (places.some(isNear) || curves.some((curve) => isOn(curve, place.point, extent))) continue;
    const curve = place.isSingular ? curveThrough(search, place) : undefined;
    if (curve && curves.length < MOST_CURVES) {
      curves.push(curve);
      // What was found on it before it was known as one.
      for (let j = places.length - 1; j >= 0; j--)
        if (places[j].isSingular && isOn(curve, places[j].point, extent)) places.splice(j, 1);
    } else if (curve || places.length >= MOST_FOUND) more = true;
    else places.push(place);
  }
  // Those nearest to the middle are told.
  const distance = ({ point: [x, y] }: Place) => Math.max(Math.abs(x), Math.abs(y));
  more ||= places.length > MOST_POINTS;
  places.sort((a, b) => distance(a) - distance(b)).splice(MOST_POINTS);
  places.sort((a, b) => a.point[0] - b.point[0] || a.point[1] - b.point[1]);
  return { places, curves, everywhere: false, more };
}

/** Where the field is flat, zeros are known less well. */
const nearness = ({ isSingular }: Place, extent: number) => (isSingular ? 1e3 : 1) * SAME * extent;

/** Whether a point lies on a curve that was followed, between two of its points. */
function isOn(curve: Float64Array, [x, y]: readonly number[], extent: number): boolean {
  for (let i = 0; i + 3 < curve.length; i += 2) {
    const [px, py, qx, qy] = [curve[i], curve[i + 1], curve[i + 2], curve[i + 3]];
    const length = Math.hypot(qx - px, qy - py);
    const along = Math.max(
      0,
      Math.min(1, ((x - px) * (qx - px) + (y - py) * (qy - py)) / (length * length || 1)),
    );
    const away = Math.hypot(x - px - along * (qx - px), y - py - along * (qy - py));
    // A bow over a chord is higher than nothing: an eighth of its length is a sharp bend.
    if (away <= length / 8 + SAME * extent) return true;
  }
  return false;
}

interface Point {
  /** Where: theta, phi. */
  readonly at: Float64Array;
  readonly kind: RestKind;
  /** Eigenvalues of J there, that of larger real part first; descent follows -J. */
  readonly re: Float64Array;
  readonly im: Float64Array;
  /** J there, row-major. */
  readonly jacobian: Float64Array;
  /** ||F|| there: how well it is known. */
  readonly fieldNorm: number;
  /** Each player's second derivative along its own parameter. */
  readonly curvatures: Float64Array;
  /**
   * Whether no player gains by a small move alone: strictly by the second derivatives (a differential Nash
   * equilibrium: Ratliff et al. 2016), or `weak` where one of them is zero and the loss beside is not lower.
   */
  readonly nash: 'strict' | 'weak' | 'no';
  /**
   * In zero-sum games: whether it is a strict local minimax point, where the second player answers last (Jin et al.
   * 2020, proposition 18-20); null where second derivatives do not tell, or the game is not zero-sum.
   */
  readonly minimax: boolean | null;
}

function describe(place: Place, field: SceneField, extent: number, isZeroSum: boolean): Point {
  const { point, jacobian, fieldNorm } = place;
  const [a, b, c, d] = jacobian;
  const size = Math.max(...jacobian.map(Math.abs));
  const zero = ZERO_SHARE * size;
  const half = (a + d) / 2;
  // ((a - d)/2)^2 + bc is (a + d)^2/4 - det without its cancellation.
  const split = ((a - d) / 2) ** 2 + b * c;
  const root = Math.sqrt(Math.abs(split));
  const re = split >= 0 ? [half + root, half - root] : [half, half];
  const im = split >= 0 ? [0, 0] : [root, -root];
  const kind = ((): RestKind => {
    if (place.isFlat || re.some((value, i) => Math.hypot(value, im[i]) <= zero)) return 'degenerate';
    // Two equal real eigenvalues come out as a pair with a little imaginary part.
    const turns = split < 0 && root > ZERO_SHARE * size;
    if (turns && Math.abs(half) <= zero) return 'centre';
    if (turns) return half > 0 ? 'stable focus' : 'unstable focus';
    if (re[0] > 0 && re[1] < 0) return 'saddle';
    return re[0] > 0 ? 'stable node' : 'unstable node';
  })();
  const own = [a, d].map((curvature, player): 'yes' | 'flat' | 'no' => {
    if (curvature > zero) return 'yes';
    if (curvature < -zero) return 'no';
    return isLowest(field, point, player as 0 | 1, extent) ? 'flat' : 'no';
  });
  const schur = d > zero ? a - (b * c) / d : undefined;
  return {
    at: Float64Array.from(point),
    kind,
    re: Float64Array.from(re),
    im: Float64Array.from(im),
    jacobian: Float64Array.from(jacobian),
    fieldNorm,
    curvatures: Float64Array.of(a, d),
    nash: own.includes('no') ? 'no' : own.includes('flat') ? 'weak' : 'strict',
    minimax: !isZeroSum
      ? null
      : d < -zero
        ? false
        : schur === undefined || Math.abs(schur) <= zero
          ? null
          : schur > 0,
  };
}

/** Distances, in extents, at which a player's own loss is compared with that at the point. */
const BESIDE = [1e-2, 1e-3];
/** Losses that differ by less are equal: rounding, in units of what is compared. */
const ROUNDING = 64 * Number.EPSILON;

/** Whether a player's loss is nowhere lower a little beside a point, along its own parameter. */
function isLowest(field: SceneField, point: readonly number[], player: 0 | 1, extent: number): boolean {
  const here = field.losses(Float64Array.from(point))[player];
  return BESIDE.every((share) =>
    [-1, 1].every((sign) => {
      const beside = Float64Array.from(point);
      beside[player] += sign * share * extent;
      const there = field.losses(beside)[player];
      return there >= here - ROUNDING * Math.max(Math.abs(here), Math.abs(there), 1);
    }),
  );
}

/** Whether both losses add up to the same everywhere that was asked. */
function looksZeroSum(field: SceneField, extent: number): boolean {
  const sums: number[] = [];
  let size = 0;
  for (const start of startsOf(extent).slice(0, 1 + GRIDS[0][1] ** 2)) {
    const [mine, yours] = field.losses(Float64Array.from(start));
    if (!Number.isFinite(mine) || !Number.isFinite(yours)) continue;
    sums.push(mine + yours);
    size = Math.max(size, Math.abs(mine), Math.abs(yours));
  }
  return sums.every((sum) => Math.abs(sum - sums[0]) <= 1e-12 * size);
}

interface Settling {
  /** Spectral radius a step of the optimizer there, its memories included; null where none can be told. */
  readonly radius: number | null;
  /** Whether the optimizer is drawn in there: null where that cannot be told. */
  readonly attracts: boolean | null;
}

/** What the optimizer's own step does at each point. */
function* radiiAt(
  points: readonly Point[],
  { run, scene }: Moment,
  experiment: Experiment,
): Work<Settling[]> {
  const untold = { radius: null, attracts: null };
  const period = periodOf(experiment);
  const canTell = run && schemeOf(experiment).usesRules !== false;
  if (!canTell || period * points.length * STEPS_EACH > MOST_STEPS) return points.map(() => untold);
  const steps = scene.device.precision === 'float32' ? run.elsewhere(experiment) : run;
  const settlings: Settling[] = [];
  for (const [i, { at }] of points.entries()) {
    const share = 0.2 / points.length;
    yield 0.8 + i * share;
    const map = yield* part(readUpdateAt(steps, experiment, at, period), 0.8 + i * share, share);
    const { radius, error, converged } = spectrumOf(map);
    if (!converged || !map.smooth) {
      settlings.push(untold);
      continue;
    }
    const perStep = radius ** (1 / period);
    // On the edge of rounding nothing is told.
    const isDecided = Math.abs(radius - 1) > Math.max(error, EDGE);
    settlings.push({ radius: perStep, attracts: isDecided ? radius < 1 : null });
  }
  return settlings;
}

/** Runs of a period that one point takes, about: some for each of a dozen memories. */
const STEPS_EACH = 200;
/** Radii nearer to 1 are neither in nor out. */
const EDGE = 1e-9;
