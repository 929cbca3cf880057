/** What there is to say about a run, in one sentence, from what was measured in it. */
import type { Notice } from '../analysis/notices.ts';
import type { Equilibrium } from '../catalog/kinds.ts';
import type { Outcome } from '../worker/protocol.ts';
import type { Series, Trail } from './record.ts';
import { strings } from './strings.ts';

/** Below this change of the distance per step, a run is said to keep its distance, if that was seen for STRAIGHT_STEPS. */
const STEADY_PER_STEP = 1e-9;
/** Growth is read over so many turns where there are as many: what lies between two points is interpolated. */
const MOST_TURNS = 4;
/** Closer than this, relative to its start, a point counts as arrived. */
const ARRIVED = 1e-6;
/** Without a full turn, the last steps that growth is read from. */
const STRAIGHT_STEPS = 200;
/**
 * Without a full turn, a trend is told of a distance that has doubled or halved, over at least so many steps, at least
 * this share of it in the later half of them, on a way that has turned by so little: on an ellipse the distance grows
 * and shrinks within each turn, and that is no trend.
 */
const TOLD_CHANGE = Math.log(2);
const FEWEST_STEPS = 10;
const LATER_SHARE = 0.25;
const MOST_TURNED = Math.PI / 8;

export interface Motion {
  /** Euclidean distance to the nearest equilibrium now. */
  readonly distance: number;
  /** Relative growth of the distance in one step: 0.005 grows by 0.5 %. */
  readonly growthPerStep: number;
  /** Steps of one turn about the equilibrium, if the path has made one. */
  readonly turnSteps?: number;
  /** What change there is could as well come from reading whole turns off single steps. */
  readonly steady: boolean;
  /** The point has not moved at all. */
  readonly still: boolean;
  /** Too little has been seen to tell a trend: neither a whole turn, nor enough of a change on a straight way. */
  readonly untold: boolean;
}

/**
 * Reads the growth of the distance between the newest point and the one whole turns earlier: at the same
 * phase an ellipse does not look like growth. Looks back to the step `since` at most. Undefined while the
 * path is too short.
 */
export function motionOf(
  trail: Trail,
  equilibria: readonly Equilibrium[],
  since = Number.NEGATIVE_INFINITY,
): Motion | undefined {
  const last = trail.length - 1;
  if (last < 2 || equilibria.length === 0) return undefined;
  const [x, y] = nearest(equilibria, trail.theta(last), trail.phi(last)).point;
  const logDistanceAt = (i: number) => Math.log(Math.hypot(trail.theta(i) - x, trail.phi(i) - y));
  const angleAt = (i: number) => Math.atan2(trail.phi(i) - y, trail.theta(i) - x);
  const now = logDistanceAt(last);
  const distance = Math.exp(now);
  const still = trail.theta(last) === trail.theta(last - 1) && trail.phi(last) === trail.phi(last - 1);
  const fullTurn = 2 * Math.PI;
  let turned = 0;
  let turns = 0;
  let found: Motion | undefined;
  /** The largest change between two neighbours: how far an interpolated distance may be off. */
  let grain = 0;
  let logAfter = now;
  let after = angleAt(last);
  /** Where the shortest straight stretch up to now begins on which the distance changed enough. */
  let straightFrom: number | undefined;
  let mostTurned = 0;
  for (let i = last - 1; i >= 0 && trail.step(i) >= since && turns < MOST_TURNS; i--) {
    const before = angleAt(i);
    const move = after - before;
    const previous = turned;
    turned += move - fullTurn * Math.round(move / fullTurn);
    after = before;
    const logBefore = logDistanceAt(i);
    grain = Math.max(grain, Math.abs(logAfter - logBefore));
    const logNext = logAfter;
    logAfter = logBefore;
    mostTurned = Math.max(mostTurned, Math.abs(turned));
    if (mostTurned <= MOST_TURNED && isEnough(now - logBefore, trail.step(last) - trail.step(i)))
      straightFrom ??= i;
    if (Math.abs(turned) < (turns + 1) * fullTurn) continue;
    turns += 1;
    // The turn is complete between i and i + 1: both its length and the distance there are interpolated.
    const beyond = (Math.abs(turned) - turns * fullTurn) / Math.abs(turned - previous);
    const then = (1 - beyond) * logBefore + beyond * logNext;
    const steps = trail.step(last) - (trail.step(i) + beyond * (trail.step(i + 1) - trail.step(i)));
    found = {
      distance,
      growthPerStep: Math.expm1((now - then) / steps),
      turnSteps: steps / turns,
      steady: Math.abs(now - then) <= grain,
      still,
      untold: false,
    };
  }
  if (found) return found;
  let from = straightFrom ?? Math.max(0, last - STRAIGHT_STEPS);
  while (from < last - 1 && trail.step(from) < since) from += 1;
  const change = now - logDistanceAt(from);
  const growthPerStep = Math.expm1(change / (trail.step(last) - trail.step(from)));
  const goesOn = lasts(change, now - logDistanceAt((from + last) >> 1));
  return { distance, growthPerStep, steady: false, still, untold: straightFrom === undefined || !goesOn };
}

/** Changes of the distance's logarithm: the whole, and the later half's. */
const isEnough = (change: number, steps: number) => Math.abs(change) >= TOLD_CHANGE && steps >= FEWEST_STEPS;
const lasts = (change: number, later: number) => later / change >= LATER_SHARE;

/** From the newest point to the nearest equilibrium. */
function distanceNow({ trail, equilibria }: Pick<Seen, 'trail' | 'equilibria'>): number {
  const [theta, phi] = [trail.theta(trail.length - 1), trail.phi(trail.length - 1)];
  const [x, y] = nearest(equilibria, theta, phi).point;
  return Math.hypot(theta - x, phi - y);
}

function nearest(equilibria: readonly Equilibrium[], theta: number, phi: number): Equilibrium {
  const square = ({ point }: Equilibrium) => (point[0] - theta) ** 2 + (point[1] - phi) ** 2;
  return equilibria.reduce((best, each) => (square(each) < square(best) ? each : best));
}

/** How the distance changes, where it is all that is known: over the last steps, without turns. */
export function driftOf(distance: Series, since = Number.NEGATIVE_INFINITY): Motion | undefined {
  const last = distance.length - 1;
  if (last < 1) return undefined;
  const [steps, values] = distance.columns;
  const changeFrom = (row: number) => Math.log(values[last]) - Math.log(values[row]);
  const stepsFrom = (row: number) => steps[last] - steps[row];
  const isSince = (row: number) => row >= 0 && steps[row] >= since;
  let from = last - 1;
  while (isSince(from - 1) && stepsFrom(from) < STRAIGHT_STEPS) from -= 1;
  const isLong = stepsFrom(from) >= STRAIGHT_STEPS;
  const still = values.subarray(from, last + 1).every((value) => value === values[last]);
  const steady = isLong && Math.abs(Math.expm1(changeFrom(from) / stepsFrom(from))) < STEADY_PER_STEP;
  // Slow ones are read over as many steps as they take.
  while (isSince(from - 1) && !isEnough(changeFrom(from), stepsFrom(from))) from -= 1;
  const change = changeFrom(from);
  return {
    distance: values[last],
    growthPerStep: Math.expm1(change / stepsFrom(from)),
    steady,
    still,
    untold: !steady && !(isEnough(change, stepsFrom(from)) && lasts(change, changeFrom((from + last) >> 1))),
  };
}

/** The losses, where nothing else was measured. */
function bare({ step, losses, hasSamples = false }: Seen): string {
  if (!losses) return '';
  const last = losses.length - 1;
  if (step === 0 || last < 0) return strings.verdict.untold;
  return strings.verdict.losses(losses.columns[1][last], losses.columns[2][last], hasSamples);
}

/** Where a path is and how fast it goes: all that can be said without an equilibrium. */
function wandering({ step, trail, rest = 'unknown', names = ['θ', 'φ'] }: Seen): string {
  const say = strings.verdict;
  const last = trail.length - 1;
  const search = say.searches[rest];
  if (step === 0 || last < 1) return say.startsAnywhere(search);
  const pace =
    Math.hypot(trail.theta(last) - trail.theta(last - 1), trail.phi(last) - trail.phi(last - 1)) /
    (trail.step(last) - trail.step(last - 1));
  return say.wandering(trail.theta(last), trail.phi(last), pace, search, names);
}

export interface Seen {
  readonly outcome: Outcome;
  readonly step: number;
  readonly trail: Trail;
  /** What the path's coordinates are called; θ and φ if nothing is said. */
  readonly names?: readonly string[];
  readonly modes: Series;
  readonly equilibria: readonly Equilibrium[];
  /** Where none is known beforehand: whether they were found by a search, which may go on still, or tell nothing. */
  readonly rest?: 'found' | 'none' | 'sought' | 'unknown';
  /** Of games that leave no path: distances to the equilibrium over steps, right answers over steps. */
  readonly distance?: Series;
  readonly accuracy?: Series;
  /** Of generated pictures: step, inception score, Fréchet distance, entropy, classes found; out of how many. */
  readonly classes?: {
    readonly series: Series;
    readonly total: number;
    /** What as many real pictures reach: classes, and inception score. */
    readonly real: number;
    readonly best: number;
  };
  /** Of the generated samples that are drawn, those beyond the edges of the picture. */
  readonly outside?: { readonly count: number; readonly of: number };
  /** All that is left to tell where there is nothing else. */
  readonly losses?: Series;
  readonly hasSamples?: boolean;
  readonly startDistance: number;
  /** The step at which the settings were last changed: what was before is not of this motion. */
  readonly since?: number;
  /** What the watchers said last, the worst first. */
  readonly notices?: readonly Notice[];
}

/** What to try, where the watchers have something to say. */
export const advice = ({ outcome, notices }: Pick<Seen, 'outcome' | 'notices'>): string =>
  notices?.[0]?.advice ?? (outcome.kind === 'diverged' ? strings.verdict.afterDivergence : '');

/** Of fewer samples than this share, most of the cloud is seen: a generator that has begun to learn throws wide as well. */
const FEWEST_OUTSIDE = 0.25;

/** What is said: empty while nothing has been seen. */
export function verdict(seen: Seen): string {
  const { count, of } = seen.outside ?? { count: 0, of: 1 };
  const sentence = sentenceOf(seen);
  if (sentence === '' || count < FEWEST_OUTSIDE * of || count === 0) return sentence;
  return `${sentence} ${strings.verdict.outside(count, of)}`;
}

function sentenceOf(seen: Seen): string {
  const say = strings.verdict;
  const { outcome } = seen;
  const notice = seen.notices?.[0];
  if (outcome.kind === 'diverged') return notice?.sentence ?? say.diverged(outcome.step, outcome.player);
  const hasPath = seen.trail.length > 0;
  // How a path moves about its equilibrium says more than the losses do.
  if (notice && !(hasPath && seen.equilibria.length > 0)) return notice.sentence;
  if (seen.modes.length > 0) {
    const at = seen.modes.length - 1;
    const [, covered, total, quality] = seen.modes.columns;
    if (seen.step === 0) return say.untrained(total[at]);
    return say.modes(covered[at], total[at], quality[at]);
  }
  if (seen.classes && seen.classes.series.length > 0) {
    const { series, total, real, best } = seen.classes;
    const at = series.length - 1;
    if (seen.step === 0) return say.untrainedPictures(total);
    return say.classes(series.columns[4][at], total, real, series.columns[1][at], best);
  }
  if (seen.accuracy && seen.accuracy.length > 0) {
    const at = seen.accuracy.length - 1;
    const [, source, target, domain] = seen.accuracy.columns;
    return say.accuracy(source[at], target[at], domain[at]);
  }
  if (hasPath && seen.equilibria.length === 0) return wandering(seen);
  const before = hasPath ? seen.startDistance : (seen.distance?.columns[1][0] ?? Number.NaN);
  if (!hasPath && !(seen.distance && seen.distance.length > 0)) return bare(seen);
  const place = seen.rest === 'found' ? say.found : say.known;
  if (seen.step === 0) return Number.isFinite(before) ? say.atStart(before, place) : '';
  const motion = hasPath
    ? motionOf(seen.trail, seen.equilibria, seen.since)
    : seen.distance && driftOf(seen.distance, seen.since);
  if (!motion) {
    const now = hasPath
      ? distanceNow(seen)
      : (seen.distance?.columns[1].at(seen.distance.length - 1) ?? Number.NaN);
    return Number.isFinite(now) ? say.soFar(now, before, seen.step, place) : '';
  }
  if (motion.distance <= ARRIVED * before) return say.arrived(motion.distance, place);
  if (motion.still) return say.still(motion.distance, place);
  if (!Number.isFinite(motion.growthPerStep)) return ''; // too far or too near to be compared
  if (motion.untold) return say.soFar(motion.distance, before, seen.step, place);
  if (motion.steady) return say.circling(motion.distance, motion.turnSteps, place);
  return say.moving(motion.growthPerStep, motion.turnSteps, place);
}
