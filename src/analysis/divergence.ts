/** Divergences of real and generated samples counted on a grid, beside what perfect samples score. */
import { type GridDivergences, gridDivergences } from '../math/clouds/histogram.ts';
import { group, integer } from '../settings/index.ts';
import { besideFloor, perfectScores, replicatesSetting } from './perfect.ts';
import { defineLongProbe, type Work } from './probe.ts';
import { generated, realSamples, samplesPicture } from './samples.ts';

export const divergence = defineLongProbe({
  name: 'divergence',
  label: 'divergence',
  summary:
    'KL(real || generated) and JS on a grid, and the share of real samples where none is generated, each beside what perfect samples score.',
  cost: 'long',
  settings: group({
    count: integer({
      label: 'samples',
      summary: 'How many of each.',
      default: 2500,
      min: 100,
      max: 10_000,
      scale: 'log',
    }),
    resolution: integer({
      label: 'resolution',
      summary: 'Cells along a side of the data’s box; what lies outside counts in one more.',
      default: 64,
      min: 1,
      max: 256,
      scale: 'log',
    }),
    replicates: replicatesSetting,
  }),
  fits: (scene) => scene.model.picture.kind === 'samples',
  *work(moment, settings) {
    const { count, resolution, replicates } = settings;
    const { dimension, extent } = samplesPicture(moment.scene);
    const real = realSamples(moment, count);
    const fake = generated(moment, count);
    // biome-ignore lint/correctness/useYield: a histogram takes no time worth a pause
    const compare = function* (samples: Float64Array): Work<GridDivergences> {
      return gridDivergences(real, samples, dimension, extent, resolution);
    };
    const floor = perfectScores(moment, 'divergence', settings, compare);
    const { figures, floor: perfect } = yield* besideFloor(compare(fake), floor);
    return { step: moment.step, ...figures, floor: perfect, samples: count, replicates };
  },
});
