/** Unrolling: the generator plays against the discriminator as it will be after K steps of its own. */
import { choice, group, integer, number, toggle } from '../../settings/index.ts';
import { defineForesight } from '../kinds.ts';
import { late } from '../late.ts';

const sgd = {
  name: 'sgd',
  label: 'SGD',
  summary: 'Plain descent steps.',
  settings: group({}),
} as const;
const adam = {
  name: 'adam',
  label: 'Adam',
  summary: 'Adam steps that begin with empty moments.',
  settings: group({
    beta1: number({ label: 'β₁', summary: 'As in Adam.', default: 0.5, min: 0, max: 0.999 }),
    beta2: number({ label: 'β₂', summary: 'As in Adam.', default: 0.999, min: 0, max: 0.99999 }),
    epsilon: number({
      label: 'epsilon ε',
      summary: 'As in Adam.',
      default: 1e-8,
      min: 1e-12,
      max: 10,
      scale: 'log',
    }),
  }),
} as const;

export const unrolled = defineForesight({
  name: 'unrolled',
  needs: ['bothLearn'],
  label: 'Unrolled discriminator',
  summary:
    'The generator descends its loss against the discriminator K steps ahead, whose answers it foresees.',
  source: 'Metz et al. 2017 (arXiv:1611.02163), equations 3 to 6',
  formula: 'φ⁰ = φ,  φᵏ⁺¹ = φᵏ − η_u ∇_φ L_D(θ, φᵏ);  the generator descends L_G(θ, φᴷ(θ))',
  settings: group({
    steps: integer({
      label: 'steps K',
      summary: 'Of the discriminator, that the generator looks ahead.',
      default: 5,
      min: 1,
      max: 20,
    }),
    rate: number({
      label: 'rate η_u',
      summary: 'Of the foreseen steps; usually the discriminator’s own.',
      default: 0.001,
      min: 0,
      max: 10,
      scale: 'log',
      zero: true,
    }),
    rule: choice({
      label: 'foreseen rule',
      summary: 'How the foreseen discriminator steps.',
      entries: [sgd, adam],
      default: 'sgd',
    }),
    through: toggle({
      label: 'differentiate through',
      summary:
        'Let the generator feel how it moves the foreseen discriminator. Off: only where that ends up.',
      default: true,
    }),
  }),
  ahead: ({ steps, through }) => ({ steps, through }),
  isLate: true,
  foresee: (...given) => late().foreseeUnrolled(...given),
});
