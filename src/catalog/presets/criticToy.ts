/** What the toys of the WGAN papers have in common: a critic of three layers, five steps ahead. */

export const toySource = 'Gulrajani et al. 2017 (arXiv:1704.00028), figure 1b and its toy code';
export const PAPER_WIDTH = 512;
export const QUARTER_WIDTH = 128;

/** Their ring: radius 2 and spread 0.02, divided by the square root of 2. */
export const eightGaussians = { kind: 'ring', radius: Math.SQRT2, spread: 0.02 / Math.SQRT2 };

export function criticToy(dataset: Readonly<Record<string, unknown>>, width: number) {
  const network = { hidden: [width, width, width], activation: 'relu', initialiser: 'he' };
  return {
    game: {
      kind: 'gan',
      dataset,
      loss: 'wasserstein',
      batchSize: 256,
      latentSize: 2,
      generatorNetwork: network,
      discriminatorNetwork: network,
    },
    scheme: { kind: 'alternating', discriminatorSteps: 5 },
  };
}
