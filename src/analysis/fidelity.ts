/** Quality and variety apart: precision, recall, density, coverage, beside what perfect samples score. */
import { fidelity as fidelityOf } from '../math/clouds/manifold.ts';
import { group, integer, toggle } from '../settings/index.ts';
import { besideFloor, perfectScores, replicatesSetting } from './perfect.ts';
import { defineLongProbe } from './probe.ts';
import { generated, realSamples, samplesPicture } from './samples.ts';

export const fidelity = defineLongProbe({
  name: 'fidelity',
  label: 'fidelity',
  summary:
    'Precision, recall, density and coverage by nearest neighbours, each beside what perfect samples score.',
  cost: 'long',
  settings: group({
    count: integer({
      label: 'samples',
      summary: 'How many of each.',
      default: 1000,
      min: 51,
      max: 2500,
      scale: 'log',
    }),
    neighbours: integer({
      label: 'neighbours',
      summary: 'The ball of a sample reaches to this one of its neighbours.',
      default: 5,
      min: 1,
      max: 50,
      scale: 'log',
    }),
    strict: toggle({
      label: 'strict',
      summary: 'The edge of a ball is outside, as in the prdc package.',
      default: false,
    }),
    replicates: replicatesSetting,
  }),
  fits: (scene) => scene.model.picture.kind === 'samples',
  *work(moment, settings) {
    const { count, neighbours, strict, replicates } = settings;
    const { dimension } = samplesPicture(moment.scene);
    const real = realSamples(moment, count);
    const fake = generated(moment, count);
    const compare = (samples: Float64Array) => fidelityOf(real, samples, dimension, neighbours, strict);
    const floor = perfectScores(moment, 'fidelity', settings, compare);
    const { figures, floor: perfect } = yield* besideFloor(compare(fake), floor);
    return { step: moment.step, ...figures, floor: perfect, samples: count, replicates };
  },
});
