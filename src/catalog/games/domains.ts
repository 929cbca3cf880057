/** Domain-adversarial training: features that tell the labels but not which domain they come from. */
import { choice, group, integer, number, pick, toggle } from '../../settings/index.ts';
import { initialisers } from '../initialisers/index.ts';
import { defineGame } from '../kinds.ts';
import { late } from '../late.ts';

export const domains = defineGame({
  name: 'domains',
  label: 'Domain adaptation',
  summary:
    'A classifier learns from labelled moons and is used on turned ones; an adversary makes it forget the turn.',
  source:
    'Ganin et al. 2016 (arXiv:1505.07818), section 5.1.1 and algorithm 1; gradient reversal: Ganin & Lempitsky 2015 (arXiv:1409.7495)',
  formula: 'generator: features and labels minimise L_y − λ L_d;  discriminator: the domain minimises L_d',
  isLate: true,
  settings: group({
    count: integer({
      label: 'points',
      summary: 'Of each domain.',
      default: 150,
      min: 10,
      max: 2000,
      scale: 'log',
      live: false,
    }),
    turn: number({
      label: 'turn',
      summary: 'By which the target is rotated.',
      default: 35,
      min: -180,
      max: 180,
      unit: 'degrees',
      live: false,
    }),
    noise: number({
      label: 'noise',
      summary: 'Jitter of the moons.',
      default: 0.05,
      min: 0,
      max: 0.5,
      live: false,
    }),
    instance: integer({
      label: 'instance',
      summary: 'Which random points.',
      default: 0,
      min: 0,
      max: 1_000_000,
      live: false,
    }),
    batchSize: integer({
      label: 'batch size',
      summary: 'Points of each domain in one reading; one at a time in the original.',
      default: 1,
      min: 1,
      max: 2000,
      scale: 'log',
    }),
    lambda: number({
      label: 'reversal λ',
      summary: 'How strongly the features work against the domain classifier; 0 is a plain network.',
      default: 6,
      min: 0,
      max: 100,
      scale: 'log',
      zero: true,
    }),
    fadeIn: integer({
      label: 'λ fades in over',
      summary: 'Steps of the published schedule 2/(1 + e^(−10p)) − 1; 0 has the full λ at once.',
      default: 0,
      min: 0,
      max: 10_000_000,
      scale: 'log',
      zero: true,
      unit: 'steps',
    }),
    scaleDiscriminator: toggle({
      label: 'λ on the domain’s own step',
      summary: 'Algorithm 1 multiplies it by λ too; gradient-reversal code does not.',
      default: true,
    }),
    hidden: integer({
      label: 'hidden units',
      summary: 'Of the features.',
      default: 15,
      min: 1,
      max: 256,
      live: false,
    }),
    activation: pick({
      label: 'activation',
      summary: 'Of the features.',
      default: 'sigmoid',
      options: { sigmoid: '1 / (1 + e⁻ˣ)', tanh: 'hyperbolic tangent', relu: 'max(x, 0)' },
      live: false,
    }),
    initialiser: choice({
      label: 'first weights',
      summary: 'Of the features; the domain classifier starts at zero.',
      entries: initialisers,
      default: 'glorot',
    }),
  }),
  write: (...given) => late().writeDomains(...given),
});
