/** Two interleaved half circles. */
import { elementary } from '../../expr/index.ts';
import { group } from '../../settings/index.ts';
import { defineDataset, type Streams } from '../kinds.ts';
import { noiseSetting } from './noise.ts';

export const moons = defineDataset({
  name: 'moons',
  label: 'Two moons',
  summary: 'Two half circles that reach into each other.',
  source: 'make_moons of scikit-learn (Pedregosa et al. 2011), centred',
  settings: group({ noise: noiseSetting(0.05) }),
  extent: ({ noise }) => 1.25 * (1.5 + 4 * noise),
  fill: (streams, count, { noise }, out) => void fillMoons(streams, count, noise, out),
});

/**
 * Centred moons [count, 2]; says which moon each sample is of (0 the upper one). Halves alternate. Places
 * along the moons are random, or evenly spaced from end to end.
 */
export function fillMoons(
  streams: Streams,
  count: number,
  noise: number,
  out: Float64Array,
  evenly = false,
): Int32Array {
  streams('data').normals(out);
  const place = streams('data.place').uniforms(new Float64Array(count));
  if (evenly) for (let i = 0; i < count; i++) place[i] = (i >> 1) / Math.max(1, Math.ceil(count / 2) - 1);
  const moon = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    moon[i] = i % 2;
    const angle = Math.PI * place[i];
    const x = elementary.cos(angle);
    const y = elementary.sin(angle);
    // The lower moon is the upper one turned and moved to (1, 0.5); the centre of both is (0.5, 0.25).
    out[2 * i] = Math.fround((moon[i] ? 0.5 - x : x - 0.5) + noise * out[2 * i]);
    out[2 * i + 1] = Math.fround((moon[i] ? 0.25 - y : y - 0.25) + noise * out[2 * i + 1]);
  }
  return moon;
}
