/** What perfect samples would score: the value of a measure that no generator can be asked to beat. */
import { part, type Work } from '../work.ts';

/** How the scores of perfect samples of one size are spread, in the measure's own unit. */
export type Floor = {
  readonly mean: number;
  /** Standard deviation over replicates, by count - 1; NaN for one. */
  readonly deviation: number;
  /** The 5th percentile: one perfect set of samples in twenty scores below. */
  readonly low: number;
  /** The 95th percentile. */
  readonly high: number;
};

/**
 * Scores `replicates` clouds of perfect samples, and tells how each figure is spread over them. `draw` gives
 * the cloud of a replicate, from 0 on, by its own stream; `score` compares one with the real samples that a
 * generator is compared with, and names its figures. Throws a RangeError without a replicate.
 */
export function* floors<Name extends string>(
  replicates: number,
  draw: (replicate: number) => Float64Array,
  score: (perfect: Float64Array) => Work<Readonly<Record<Name, number>>>,
): Work<Readonly<Record<Name, Floor>>> {
  if (!Number.isInteger(replicates) || replicates < 1) {
    throw new RangeError(`Replicates are a whole number from 1; got ${replicates}.`);
  }
  const scores: Readonly<Record<Name, number>>[] = [];
  for (let replicate = 0; replicate < replicates; replicate++) {
    scores.push(yield* part(score(draw(replicate)), replicate / replicates, 1 / replicates));
    yield (replicate + 1) / replicates;
  }
  const names = Object.keys(scores[0]) as Name[];
  const spread = (name: Name) => floorOf(Float64Array.from(scores, (figures) => figures[name]));
  return Object.fromEntries(names.map((name) => [name, spread(name)])) as Record<Name, Floor>;
}

/** How scores are spread; all NaN when one of them is. */
export function floorOf(scores: Float64Array): Floor {
  const count = scores.length;
  let sum = 0;
  for (const score of scores) sum += score;
  const mean = sum / count;
  let square = 0;
  for (const score of scores) square += (score - mean) ** 2;
  const sorted = scores.slice().sort();
  const known = !Number.isNaN(mean);
  return {
    mean,
    deviation: Math.sqrt(square / (count - 1)),
    low: known ? percentile(sorted, 0.05) : Number.NaN,
    high: known ? percentile(sorted, 0.95) : Number.NaN,
  };
}

/** Linear between order statistics (Hyndman and Fan 1996, definition 7). */
function percentile(ascending: Float64Array, share: number): number {
  const at = share * (ascending.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, ascending.length - 1);
  return ascending[below] + (at - below) * (ascending[above] - ascending[below]);
}
