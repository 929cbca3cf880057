/** Rules on the ring of eight: plain descent at a large rate finds next to nothing, an adaptive generator all. */
import { expect, test } from 'vitest';
import { modes } from '../../src/analysis/modes.ts';
import { experimentOf, play, sceneOf } from '../catalog/given.ts';

const network = { hidden: [32, 32] };
const sgd = { kind: 'sgd', learningRate: 0.1 };
const adam = { kind: 'adam', learningRate: 0.001, beta1: 0.5 };

/** Modes with at least one sample in a hundred, of 2500, after 1500 alternating steps. */
function covered(seed: number, generator: object, discriminator: object): number {
  const differences = {
    seed,
    game: {
      kind: 'gan',
      batchSize: 64,
      latentSize: 4,
      generatorNetwork: network,
      discriminatorNetwork: network,
    },
    scheme: 'alternating',
    generator,
    discriminator,
  };
  const { point, step } = play(differences, 1500);
  const experiment = experimentOf(differences);
  return modes.read({ scene: sceneOf(experiment), point, experiment, step }, { count: 2500 }).covered;
}

test.each([0, 1])(
  'seed %i: an Adam generator against plain descent (GANHacks 9) covers all eight',
  (seed) => {
    expect(covered(seed, adam, sgd)).toBe(8);
    expect(covered(seed, sgd, sgd)).toBeLessThanOrEqual(2);
  },
  30_000,
);

test.each([0, 1])(
  'seed %i: Adam’s size along the plain gradient covers all eight; the size of plain steps along Adam’s does not',
  (seed) => {
    // Agarwal et al. 2020 (arXiv:2002.11803): AdaLR and AdaDir, whole players at once. At a plain rate of
    // 0.01 the second covers several modes too: the claim is one about rates.
    const graft = (magnitude: object, direction: object) => ({ kind: 'graft', magnitude, direction });
    expect(covered(seed, graft(adam, sgd), graft(adam, sgd))).toBe(8);
    expect(covered(seed, graft(sgd, adam), graft(sgd, adam))).toBeLessThanOrEqual(2);
  },
  30_000,
);
