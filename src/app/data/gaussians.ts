/** Gaussians that are moved, weighted, added and removed: each change as new values of the dataset's settings. */
import { MOST_GAUSSIANS } from '../../catalog/datasets/gaussians.ts';

export interface Gaussians {
  /** x and y of each. */
  readonly centres: readonly number[];
  /** Of each; 1 where none is given. */
  readonly weights: readonly number[];
}

/** The dataset keeps one at least. */
export const countOf = ({ centres }: Pick<Gaussians, 'centres'>): number => Math.ceil(centres.length / 2);
export const weightOf = ({ weights }: Pick<Gaussians, 'weights'>, at: number): number => weights[at] ?? 1;
export const centreOf = ({ centres }: Pick<Gaussians, 'centres'>, at: number): readonly [number, number] => [
  centres[2 * at],
  centres[2 * at + 1] ?? 0,
];
/** All weights, as few as say the same. */
function trimmed(weights: readonly number[]): readonly number[] {
  const last = weights.findLastIndex((weight) => weight !== 1);
  return weights.slice(0, last + 1);
}

const allCentres = (of: Gaussians): number[] =>
  Array.from({ length: countOf(of) }, (_, at) => centreOf(of, at)).flat();
const allWeights = (of: Gaussians): number[] =>
  Array.from({ length: countOf(of) }, (_, at) => weightOf(of, at));

export function moved(of: Gaussians, at: number, [x, y]: readonly [number, number]): Gaussians {
  const centres = allCentres(of);
  centres[2 * at] = x;
  centres[2 * at + 1] = y;
  return { centres, weights: of.weights };
}

export function weighted(of: Gaussians, at: number, weight: number): Gaussians {
  const weights = allWeights(of);
  weights[at] = weight;
  return { centres: of.centres, weights: trimmed(weights) };
}

/** As they were, where there are as many as there can be. */
export function added(of: Gaussians, [x, y]: readonly [number, number]): Gaussians {
  if (countOf(of) >= MOST_GAUSSIANS) return of;
  return { centres: [...allCentres(of), x, y], weights: of.weights };
}

/** As they were, where it is the last one. */
export function removed(of: Gaussians, at: number): Gaussians {
  if (countOf(of) === 1) return of;
  return {
    centres: allCentres(of).filter((_, i) => i >> 1 !== at),
    weights: trimmed(allWeights(of).filter((_, i) => i !== at)),
  };
}

/** Places to try for a new one, in shares of the picture's extent: the middle, then on a spiral outwards. */
const PLACES = Array.from({ length: 2 * MOST_GAUSSIANS }, (_, i) => {
  const turn = i * 2.399963; // the golden angle
  const out = 0.7 * Math.sqrt(i / (2 * MOST_GAUSSIANS));
  return [out * Math.cos(turn), out * Math.sin(turn)] as const;
});

/** The first place that is farther than `apart` from all of them; the farthest one where none is. */
export function freePlace(of: Gaussians, extent: number, apart: number): readonly [number, number] {
  let best: readonly [number, number] = [0, 0];
  let most = -1;
  for (const [x, y] of PLACES) {
    const place = [x * extent, y * extent] as const;
    let least = Number.POSITIVE_INFINITY;
    for (let at = 0; at < countOf(of); at++) {
      const [cx, cy] = centreOf(of, at);
      least = Math.min(least, Math.hypot(cx - place[0], cy - place[1]));
    }
    if (least > apart) return place;
    if (least > most) [best, most] = [place, least];
  }
  return best;
}
