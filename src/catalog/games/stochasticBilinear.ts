/** A bilinear game that is a mean of many: rotation under the noise of minibatches. */
import { group, integer, pick } from '../../settings/index.ts';
import { defineGame } from '../kinds.ts';
import { late } from '../late.ts';

export const stochasticBilinear = defineGame({
  name: 'stochasticBilinear',
  label: 'Stochastic bilinear',
  summary:
    'A finite sum of bilinear games: extragradient on single terms does not converge, variance reduction and lookahead help.',
  source:
    'Chavdarova et al. 2019 (arXiv:1904.08598), section 3.2; Chavdarova et al. 2021 (arXiv:2006.14567), section 5.1',
  formula: 'V(θ, φ) = (1/n) Σᵢ (θᵢ φᵢ + ⟨θ, aᵢ⟩ + ⟨bᵢ, φ⟩)',
  settings: group({
    dimension: integer({
      label: 'terms n',
      summary: 'As many as dimensions of each player.',
      default: 100,
      min: 2,
      max: 400,
      scale: 'log',
      live: false,
    }),
    batchSize: integer({
      label: 'batch size',
      summary: 'Terms in one reading; as many as there are, and nothing is random.',
      default: 1,
      min: 1,
      max: 400,
      scale: 'log',
      live: false,
    }),
    reduction: pick({
      label: 'terms are',
      summary: 'The published code adds the terms of a batch instead of averaging them.',
      default: 'summed',
      options: { summed: 'added up, as in the code', averaged: 'averaged, as in the formula' },
      live: false,
    }),
    instance: integer({
      label: 'instance',
      summary: 'Which random game.',
      default: 0,
      min: 0,
      max: 1_000_000,
      live: false,
    }),
  }),
  offers: () => ['finiteData'],
  isLate: true,
  write: (...given) => late().writeStochasticBilinear(...given),
});
