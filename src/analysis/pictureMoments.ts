/** The mean picture and the variance of each pixel, of generated and of real pictures. */
import { group, integer } from '../settings/index.ts';
import { generatedPictures, imagesPicture, realPictures } from './pictures.ts';
import { defineProbe } from './probe.ts';

export const pictureMoments = defineProbe({
  name: 'pictureMoments',
  label: 'mean and variance',
  summary: 'Of each pixel, over generated and over real pictures: a collapsed generator varies too little.',
  cost: 'forward',
  settings: group({
    count: integer({
      label: 'count',
      summary: 'How many of each.',
      default: 256,
      min: 2,
      max: 4096,
      scale: 'log',
    }),
  }),
  fits: (scene) => scene.model.picture.kind === 'images',
  read(moment, { count }) {
    const { side, channels } = imagesPicture(moment.scene);
    return {
      side,
      channels,
      count,
      generated: momentsOf(generatedPictures(moment, count), count),
      real: momentsOf(realPictures(moment, count).pictures, count),
    };
  },
});

/** Of rows [count, size]: mean [size], variance [size] over count, and its mean over all pixels. */
export function momentsOf(rows: Float64Array, count: number) {
  const size = rows.length / count;
  const mean = new Float64Array(size);
  const variance = new Float64Array(size);
  for (let i = 0; i < rows.length; i++) mean[i % size] += rows[i] / count;
  for (let i = 0; i < rows.length; i++) variance[i % size] += (rows[i] - mean[i % size]) ** 2 / count;
  return { mean, variance, meanVariance: variance.reduce((sum, value) => sum + value / size, 0) };
}
