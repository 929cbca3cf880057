/** Little pictures of datasets: a few hundred of their own samples as the path of an SVG, made once for each. */
import type { Dataset } from '../../catalog/kinds.ts';
import { stream } from '../../math/random.ts';

/** Side of the picture's square of coordinates. */
export const SIDE = 64;
const SAMPLES = 300;
/** On a line, samples are counted in so many bars. */
const ON_A_LINE = 2000;
const BARS = 32;
/** Of the extent, which leaves room for tails that a little picture need not show. */
const CLOSER = 0.9;

const known = new WeakMap<object, { readonly seed: number; readonly path: string }>();

/** The samples of a dataset with these settings: a dot for each in the plane, bars of a histogram on a line. */
export function thumbnailOf(dataset: Dataset, settings: object, seed: number): string {
  const made = known.get(settings);
  if (made?.seed === seed) return made.path;
  const dimension = dataset.dimension ?? 2;
  const positions = new Float64Array(dimension === 1 ? ON_A_LINE : 2 * SAMPLES);
  const streams = (purpose: string) => stream(seed, `evaluation.${purpose}`);
  dataset.fill(streams, positions.length / dimension, settings as never, positions);
  const extent = CLOSER * dataset.extent(settings as never);
  const path = dimension === 1 ? bars(positions, extent) : dots(positions, extent);
  known.set(settings, { seed, path });
  return path;
}

/** Lines of no length: with round ends, dots. */
function dots(positions: Float64Array, extent: number): string {
  const along = (value: number) => ((value / extent + 1) / 2) * SIDE;
  let path = '';
  for (let i = 0; i < positions.length; i += 2) {
    const [x, y] = [along(positions[i]), SIDE - along(positions[i + 1])];
    if (x >= 0 && x <= SIDE && y >= 0 && y <= SIDE) path += `M${x.toFixed(1)} ${y.toFixed(1)}h0`;
  }
  return path;
}

function bars(positions: Float64Array, extent: number): string {
  const counts = new Float64Array(BARS);
  for (const value of positions) {
    const bar = Math.floor(((value / extent + 1) / 2) * BARS);
    if (bar >= 0 && bar < BARS) counts[bar] += 1;
  }
  const largest = counts.reduce((most, n) => Math.max(most, n), 1);
  const wide = SIDE / BARS;
  let path = '';
  counts.forEach((n, bar) => {
    const high = (0.8 * SIDE * n) / largest;
    if (n > 0) path += `M${((bar + 0.5) * wide).toFixed(1)} ${SIDE - 4}v${(-high).toFixed(1)}`;
  });
  return path;
}
