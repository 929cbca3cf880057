/** A GAN on data in the plane: a generator network, a discriminator network, a dataset and a loss. */
import { build } from '../../expr/index.ts';
import { choice, group, integer, pick } from '../../settings/index.ts';
import { datasets } from '../datasets/index.ts';
import { type Dataset, defineGame, type Loss, type Network, type Streams } from '../kinds.ts';
import { losses } from '../losses/index.ts';
import { networks } from '../networks/index.ts';

const network = (label: string, summary: string) =>
  choice({ label, summary, entries: networks, default: 'dense' });

export const gan = defineGame({
  name: 'gan',
  label: 'GAN in the plane',
  summary: 'A generator learns to imitate points in the plane, a discriminator to tell them apart.',
  source: 'Goodfellow et al. 2014 (arXiv:1406.2661)',
  formula: 'generated data G_θ(z), logits D_φ(x), high for real',
  settings: group({
    dataset: choice({
      label: 'dataset',
      summary: 'What is to be imitated.',
      entries: datasets,
      default: 'ring',
    }),
    loss: choice({
      label: 'loss',
      summary: 'What each player minimises.',
      entries: losses,
      default: 'nonSaturating',
      live: true,
    }),
    batchSize: integer({
      label: 'batch size',
      summary: 'Samples, real and generated alike, in one reading of the field.',
      default: 128,
      min: 1,
      max: 4096,
      scale: 'log',
    }),
    latentSize: integer({
      label: 'latent size',
      summary: 'Dimensions of the noise that the generator turns into samples.',
      default: 2,
      min: 1,
      max: 512,
      scale: 'log',
      live: false,
    }),
    latent: pick({
      label: 'latent noise',
      summary: 'Its distribution in each dimension.',
      default: 'normal',
      options: { normal: 'standard normal', uniform: 'uniform on [−1, 1]' },
    }),
    generatorNetwork: network('generator network', 'From noise to a sample.'),
    discriminatorNetwork: network('discriminator network', 'From a sample to a logit.'),
  }),
  write(stage, settings) {
    const { batchSize, latentSize } = settings;
    const dataset = datasets.find((entry) => entry.name === settings.dataset.kind) as Dataset;
    const loss = losses.find((entry) => entry.name === settings.loss.kind) as Loss;
    const networkOf = (kind: string) => networks.find((entry) => entry.name === kind) as Network;
    const fillReal = (streams: Streams, count: number, out: Float64Array) =>
      dataset.fill(streams, count, settings.dataset, out);
    const fillLatent = (streams: Streams, out: Float64Array) => {
      const stream = streams('latent');
      if (settings.latent === 'normal') stream.normals(out);
      else {
        stream.uniforms(out);
        for (let i = 0; i < out.length; i++) out[i] = 2 * out[i] - 1;
      }
    };

    const real = stage.draw('real', [batchSize, 2], (streams, out) => fillReal(streams, batchSize, out));
    const latent = stage.draw('latent', [batchSize, latentSize], fillLatent);
    const { generatorNetwork, discriminatorNetwork } = settings;
    const generate = networkOf(generatorNetwork.kind).write(
      stage,
      'generator',
      latentSize,
      2,
      generatorNetwork,
    );
    const discriminate = networkOf(discriminatorNetwork.kind).write(
      stage,
      'discriminator',
      2,
      1,
      discriminatorNetwork,
    );
    const score: typeof discriminate = (x) => build.reshape(discriminate(x), [x.shape[0]]);

    return {
      losses: loss.write({ real: score(real), fake: score(generate(latent)) }, settings.loss),
      equilibria: [],
      lossesAtEquilibrium: loss.atEquilibrium,
      picture: {
        kind: 'samples',
        extent: dataset.extent(settings.dataset),
        latentSize,
        generate,
        score,
        fillReal,
        fillLatent,
        modes: dataset.modes?.(settings.dataset),
      },
    };
  },
});
