/** The locally stable regulariser on the ring of the unrolling paper. */
import type { Preset } from '../kinds.ts';

const source = 'Nagarajan & Kolter 2017 (arXiv:1706.04156), section 5, with η = 0.5';

/** The ring, with networks of the given width. */
function ring(width: number, batchSize: number, latentSize: number) {
  const initialiser = { kind: 'orthogonal', gain: 0.8 };
  const adam = { kind: 'adam', learningRate: 0.0001, beta1: 0.5, beta2: 0.999 };
  return {
    game: {
      kind: 'gan',
      dataset: { kind: 'ring', radius: 2, spread: 0.02 },
      loss: 'minimax',
      batchSize,
      latentSize,
      generatorNetwork: { hidden: [width, width], activation: 'relu', initialiser },
      discriminatorNetwork: { hidden: [width], inputScale: 0.25, activation: 'relu', initialiser },
    },
    scheme: 'alternating',
    generator: adam,
    discriminator: adam,
    adjustment: { kind: 'locallyStable', weight: 0.5 },
  };
}

export const locallyStable: Preset = {
  name: 'locallyStable',
  label: 'Locally stable GAN',
  summary: 'The ring of the unrolling paper, the generator also shrinking the discriminator’s gradient.',
  source: `${source}; half the width and batch, a quarter of the latent size`,
  experiment: ring(64, 256, 64),
};

export const locallyStableFull: Preset = {
  name: 'locallyStableFull',
  label: 'Locally stable GAN, full size',
  summary: 'The same with the sizes of the paper.',
  source,
  heavy: true,
  experiment: ring(128, 512, 256),
};
