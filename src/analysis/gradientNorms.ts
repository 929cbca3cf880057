/** How hard each player is pushed. */
import { half } from '../math/field.ts';
import { norm } from '../math/vector.ts';
import { group } from '../settings/index.ts';
import { defineProbe } from './probe.ts';

export const gradientNorms = defineProbe({
  name: 'gradientNorms',
  label: 'gradient norms',
  summary:
    'Euclidean length of each player’s gradient and of the joint field, and the players’ ratio, on the next batch.',
  cost: 'field',
  settings: group({}),
  fits: () => true,
  read({ scene, point, experiment, step }) {
    const field = scene.field(experiment.seed, step, 0).at(point);
    const generator = norm(half(field, scene.split, 'generator'));
    const discriminator = norm(half(field, scene.split, 'discriminator'));
    // The ratio is NaN where the discriminator is not pushed.
    const ratio = discriminator > 0 ? generator / discriminator : Number.NaN;
    return { generator, discriminator, joint: norm(field), ratio };
  },
});
