/** A GAN on data in the plane: a generator network, a discriminator network, a dataset and a loss. */
import { choice, group } from '../../settings/index.ts';
import { datasets } from '../datasets/index.ts';
import { type Dataset, defineGame, type Streams } from '../kinds.ts';
import { networks } from '../networks/index.ts';
import { adversarialOffers, adversarialSettings, writeAdversaries } from './adversarial.ts';

export const gan = defineGame({
  name: 'gan',
  label: 'GAN in the plane',
  summary: 'A generator learns to imitate points in the plane, a discriminator to tell them apart.',
  source: 'Goodfellow et al. 2014 (arXiv:1406.2661)',
  formula: 'generated data G_θ(z), logits D_φ(x), high for real',
  data: ['dataset', 'latent'],
  settings: group({
    dataset: choice({
      label: 'dataset',
      summary: 'What is to be imitated.',
      entries: datasets,
      default: 'ring',
      live: true,
    }),
    ...adversarialSettings(networks, { penalty: 'none', batchSize: 128, latentSize: 2 }),
  }),
  offers: adversarialOffers,
  write(stage, settings) {
    const dataset = datasets.find((entry) => entry.name === settings.dataset.kind) as unknown as Dataset;
    const dimension = dataset.dimension ?? 2;
    const fillReal = (streams: Streams, count: number, out: Float64Array) =>
      dataset.fill(streams, count, settings.dataset, out);
    const { model, ...players } = writeAdversaries(stage, settings, { size: dimension, fill: fillReal });
    return {
      ...model,
      picture: {
        ...players,
        kind: 'samples',
        dimension,
        extent: dataset.extent(settings.dataset),
        fillReal,
        modes: dataset.modes?.(settings.dataset),
      },
    };
  },
});
