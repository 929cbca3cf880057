/** The data's own pictures that are nearest to generated ones: has the generator learnt, or learnt by heart? */
import type { StoredPictures } from '../catalog/kinds.ts';
import { group, integer } from '../settings/index.ts';
import { fixedLatents, imagesPicture, picturesOf, realPictures } from './pictures.ts';
import { defineLongProbe, type Moment, pacer } from './probe.ts';

export const nearestPictures = defineLongProbe({
  name: 'nearestPictures',
  label: 'nearest pictures',
  summary:
    'For some generated pictures, the nearest of the real ones, by the root of the mean squared difference.',
  cost: 'long',
  settings: group({
    first: integer({
      label: 'first',
      summary: 'Which of the generated pictures is the first to look at, counted from 0.',
      default: 0,
      min: 0,
      max: 1023,
    }),
    count: integer({ label: 'count', summary: 'How many to look at.', default: 8, min: 1, max: 64 }),
    among: integer({
      label: 'among',
      summary:
        'How many real pictures are looked through where they are made; of those that are stored, all.',
      default: 1000,
      min: 1,
      max: 10_000,
      scale: 'log',
    }),
  }),
  fits: (scene) => scene.model.picture.kind === 'images',
  *work(moment, { first, count, among: most }) {
    const { side, channels, latentSize, stored } = imagesPicture(moment.scene);
    const size = side * side * channels;
    const latents = fixedLatents(moment, first + count).subarray(first * latentSize);
    const generated = picturesOf(moment, latents);
    // A picture that was learnt by heart is to be found, so none of those that are there may be left out.
    const { count: among, copy } = stored?.() ?? made(moment, most, size);
    const nearest = new Float64Array(count * size);
    const distances = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
    const real = new Float64Array(size);
    const isTimeToYield = pacer();
    for (let k = 0; k < among; k++) {
      copy(k, real, 0);
      for (let i = 0; i < count; i++) {
        let sum = 0;
        for (let at = 0; at < size; at++) sum += (generated[i * size + at] - real[at]) ** 2;
        const distance = Math.sqrt(sum / size);
        if (distance < distances[i]) {
          distances[i] = distance;
          nearest.set(real, i * size);
        }
      }
      if (isTimeToYield()) yield k / among;
    }
    // [count, side side channels] each; distances [count] in units of the pixels' values, at most 2.
    return { step: moment.step, side, channels, among, generated, nearest, distances };
  },
});

/** So many of pictures that are made. */
function made(moment: Moment, count: number, size: number): StoredPictures {
  const { pictures } = realPictures(moment, count);
  return { count, copy: (i, out, at) => out.set(pictures.subarray(i * size, (i + 1) * size), at) };
}
