/** Small games at the settings of the papers that compare methods on them. */
import type { Preset } from '../kinds.ts';

export const strongBilinear: Preset = {
  name: 'strongBilinear',
  label: 'Strong interaction',
  summary:
    'A bilinear game so strong that at this rate only competitive descent and the proximal point converge.',
  source: 'Schäfer & Anandkumar 2019 (arXiv:1905.12103), figure 2, with α = 6',
  experiment: {
    game: { kind: 'bilinear', strength: 6, start: [0.5, 0.5] },
    scheme: 'competitive',
    generator: { kind: 'sgd', learningRate: 0.2 },
    discriminator: { kind: 'sgd', learningRate: 0.2 },
  },
};

export const pennies: Preset = {
  name: 'pennies',
  label: 'Matching pennies',
  summary: 'Two coins: extragradient brings both to one half, where plain descent turns outward.',
  source: 'von Neumann & Morgenstern 1944',
  experiment: {
    game: 'matchingPennies',
    scheme: 'extragradient',
    generator: { kind: 'sgd', learningRate: 0.5 },
    discriminator: { kind: 'sgd', learningRate: 0.5 },
  },
};

export const linearDomains: Preset = {
  name: 'linearDomains',
  label: 'Domain adaptation on a line',
  summary: 'A feature that a critic may not tell the domains by: how much of the shifted cue it keeps.',
  source: 'Ganin et al. 2016 (arXiv:1505.07818), its objective with everything linear',
  experiment: {
    game: 'linearDomains',
    scheme: 'simultaneous',
    generator: { kind: 'sgd', learningRate: 0.05 },
    discriminator: { kind: 'sgd', learningRate: 0.05 },
  },
};
