/** How hard each player is pushed. */
import { half } from '../math/field.ts';
import { norm } from '../math/vector.ts';
import { group } from '../settings/index.ts';
import { defineProbe } from './probe.ts';

export const gradientNorms = defineProbe({
  name: 'gradientNorms',
  label: 'gradient norms',
  summary: 'Euclidean length of each player’s gradient and of the joint field, on the next batch.',
  cost: 'field',
  settings: group({}),
  fits: () => true,
  read({ scene, point, experiment, step }) {
    const field = scene.field(experiment.seed, step, 0).at(point);
    return {
      generator: norm(half(field, scene.split, 'generator')),
      discriminator: norm(half(field, scene.split, 'discriminator')),
      joint: norm(field),
    };
  },
});
