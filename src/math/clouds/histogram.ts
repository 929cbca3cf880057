/** Divergences of histograms, in nats: of modes against their weights, and of two clouds on a grid. */
import { countOf, isMeasurable } from './cloud.ts';

export interface Divergences {
  /** KL(p || q): infinite where q is 0 and p is not. */
  readonly kl: number;
  /** The Jensen-Shannon divergence, in [0, ln 2]; symmetric (Lin 1991). */
  readonly js: number;
}

/** KL(p || q) and JS of two histograms over the same cells, each over its own sum; NaN when one is empty. */
export function divergences(p: Float64Array, q: Float64Array): Divergences {
  if (p.length !== q.length || p.length === 0) {
    throw new RangeError(
      `Histograms to compare have the same cells, one or more; got ${p.length}, ${q.length}.`,
    );
  }
  const sumP = sumOf(p);
  const sumQ = sumOf(q);
  if (!(sumP > 0 && sumQ > 0 && sumP + sumQ < Number.POSITIVE_INFINITY))
    return { kl: Number.NaN, js: Number.NaN };
  let kl = 0;
  let js = 0;
  for (let i = 0; i < p.length; i++) {
    const a = p[i] / sumP;
    const b = q[i] / sumQ;
    const middle = (a + b) / 2;
    if (a > 0) {
      kl += a * Math.log(a / b);
      js += (a / 2) * Math.log(a / middle);
    }
    if (b > 0) js += (b / 2) * Math.log(b / middle);
  }
  // Outside their ranges by rounding only.
  return { kl: Math.max(0, kl), js: Math.min(Math.LN2, Math.max(0, js)) };
}

/**
 * How far the hits of each mode are from the modes' weights, equal unless given: `kl` is the reverse KL,
 * KL(hits || weights), ln(K / m) for m of K modes hit equally; `js` as above. NaN without a hit.
 * Srivastava et al. 2017 (arXiv:1705.07761), section 4; Lin et al. 2018 (arXiv:1712.04086).
 */
export function modeDivergences(hits: Float64Array, weights?: Float64Array): Divergences {
  return divergences(hits, weights ?? new Float64Array(hits.length).fill(1));
}

/** Added to the share of each cell of a grid, so that KL stays finite where no generated sample fell. */
const PSEUDO_MASS = 1e-6;

export interface GridDivergences extends Divergences {
  /** The share of real positions in cells where no generated one lies: there the true KL is infinite. */
  readonly uncovered: number;
}

/**
 * KL(real || generated) and JS of two clouds counted in equal cells of the box [-extent, extent], `resolution`
 * along each axis, a mass of 1e-6 added to each cell. What lies outside counts in one more cell.
 */
export function gridDivergences(
  real: Float64Array,
  generated: Float64Array,
  dimension: number,
  extent: number,
  resolution: number,
): GridDivergences {
  const [reals, fakes] = [countOf(real, dimension), countOf(generated, dimension)];
  const p = countsOnGrid(real, dimension, extent, resolution);
  const q = countsOnGrid(generated, dimension, extent, resolution);
  if (!isMeasurable(real) || !isMeasurable(generated)) {
    return { kl: Number.NaN, js: Number.NaN, uncovered: Number.NaN };
  }
  let uncovered = 0;
  for (let cell = 0; cell < p.length; cell++) {
    if (q[cell] === 0) uncovered += p[cell];
    p[cell] = p[cell] / reals + PSEUDO_MASS;
    q[cell] = q[cell] / fakes + PSEUDO_MASS;
  }
  return { ...divergences(p, q), uncovered: uncovered / reals };
}

/** How many positions lie in each cell [resolution, ...], the last axis first; the last entry is outside. */
export function countsOnGrid(
  cloud: Float64Array,
  dimension: number,
  extent: number,
  resolution: number,
): Float64Array {
  const count = countOf(cloud, dimension);
  if (!(extent > 0) || !Number.isInteger(resolution) || resolution < 1) {
    throw new RangeError(
      `A grid has a positive extent and a whole number of cells from 1 along it; got ${extent}, ${resolution}.`,
    );
  }
  const outside = resolution ** dimension;
  const counts = new Float64Array(outside + 1);
  for (let i = 0; i < count; i++) {
    let cell = 0;
    for (let axis = dimension - 1; axis >= 0; axis--) {
      const place = Math.floor((resolution * (cloud[dimension * i + axis] / extent + 1)) / 2);
      const isInside = place >= 0 && place < resolution;
      cell = isInside && cell !== outside ? cell * resolution + place : outside;
    }
    counts[cell] += 1;
  }
  return counts;
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
}
