/** Both players' losses on the batch that the next step will read first. */
import { group } from '../settings/index.ts';
import { defineProbe } from './probe.ts';

export const losses = defineProbe({
  name: 'losses',
  label: 'losses',
  summary: 'What each player minimises, on the batch that the next step reads first.',
  cost: 'forward',
  settings: group({}),
  fits: () => true,
  read({ scene, point, experiment, step }) {
    const [generator, discriminator] = scene.field(experiment.seed, step, 0).losses(point);
    return { generator, discriminator };
  },
});
