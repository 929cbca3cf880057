/** The toys of the gradient penalty. */
import type { Preset } from '../kinds.ts';
import { criticToy, eightGaussians, PAPER_WIDTH, QUARTER_WIDTH, toySource } from './criticToy.ts';

const summary = 'A critic with slopes near one, five steps of it for each of the generator.';
const fullSummary = 'The same with the widths of the paper.';
const quarter = `${toySource}; a quarter of the width`;

const twentyFive = { kind: 'grid', distance: 1 / Math.SQRT2, spread: 0.05 / Math.SQRT2 / 2 };
const roll = { kind: 'swissRoll' };

function penalised(dataset: Readonly<Record<string, unknown>>, width: number) {
  const toy = criticToy(dataset, width);
  const adam = { kind: 'adam', learningRate: 0.0001, beta1: 0.5, beta2: 0.9 };
  return {
    ...toy,
    game: { ...toy.game, penalty: { kind: 'gradientPenalty', weight: 0.1 } },
    generator: adam,
    discriminator: adam,
  };
}

export const wganGpRing: Preset = {
  name: 'wganGpRing',
  label: 'WGAN-GP: eight Gaussians',
  summary,
  source: quarter,
  experiment: penalised(eightGaussians, QUARTER_WIDTH),
};

export const wganGpGrid: Preset = {
  name: 'wganGpGrid',
  label: 'WGAN-GP: 25 Gaussians',
  summary,
  source: quarter,
  experiment: penalised(twentyFive, QUARTER_WIDTH),
};

export const wganGpRoll: Preset = {
  name: 'wganGpRoll',
  label: 'WGAN-GP: Swiss roll',
  summary,
  source: quarter,
  experiment: penalised(roll, QUARTER_WIDTH),
};

export const wganGpRingFull: Preset = {
  name: 'wganGpRingFull',
  label: 'WGAN-GP: eight Gaussians, full size',
  summary: fullSummary,
  source: toySource,
  heavy: true,
  experiment: penalised(eightGaussians, PAPER_WIDTH),
};

export const wganGpGridFull: Preset = {
  name: 'wganGpGridFull',
  label: 'WGAN-GP: 25 Gaussians, full size',
  summary: fullSummary,
  source: toySource,
  heavy: true,
  experiment: penalised(twentyFive, PAPER_WIDTH),
};

export const wganGpRollFull: Preset = {
  name: 'wganGpRollFull',
  label: 'WGAN-GP: Swiss roll, full size',
  summary: fullSummary,
  source: toySource,
  heavy: true,
  experiment: penalised(roll, PAPER_WIDTH),
};
