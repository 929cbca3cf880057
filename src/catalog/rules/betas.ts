/** The settings that Adam and its kin share. */
import { number } from '../../settings/index.ts';

export const beta1 = (standard: number) =>
  number({
    label: 'β₁',
    summary: 'The share of the old mean gradient that is kept. GANs often use 0.5 or 0; below 0 is legal.',
    default: standard,
    min: -0.99,
    max: 0.999,
  });

export const beta2 = number({
  label: 'β₂',
  summary: 'The share of the old mean square that is kept.',
  default: 0.999,
  min: 0,
  max: 0.99999,
});

export const epsilon = number({
  label: 'epsilon ε',
  summary: 'Keeps the division safe. Large values turn Adam into momentum SGD with rate η / ε.',
  default: 1e-8,
  min: 0,
  max: 1e9,
  scale: 'log',
  zero: true,
});
