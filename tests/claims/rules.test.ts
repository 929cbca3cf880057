/**
 * Rules on the ring of Saddle's presets `mixedRules`, `adaptiveSize` and `adaptiveDirection`, after 10,000
 * alternating steps; three seeds each.
 */
import { describe, expect, test } from 'vitest';
import { both, ending, PATIENCE_MS, preset, seeds } from './runs.ts';

const STEPS = 10_000;
const adam = { kind: 'adam', learningRate: 0.001, beta1: 0.5, beta2: 0.999 };
const sgd = (learningRate: number) => ({ kind: 'sgd', learningRate });

describe.each(seeds)(
  'seed %i',
  (seed) => {
    // Rerun elsewhere: 8 and 8 modes. Here: 8, 8, 8; 96 % of high quality.
    test('an Adam generator against a plain discriminator (GANHacks 9) covers all eight', () => {
      const end = ending('Adam against SGD', preset('mixedRules'), STEPS, seed);
      expect(end.modes).toBe(8);
      expect(end.highQuality).toBeGreaterThan(0.8);
    });

    // Rerun elsewhere: 1 and 1 mode. Here none: the discriminator has won, L_D at most .002.
    test('plain descent of rate 0.1 for both collapses to one mode or none', () => {
      const end = ending('SGD 0.1', preset('mixedRules', both(sgd(0.1))), STEPS, seed);
      expect(end.modes).toBeLessThanOrEqual(1);
    });

    // Agarwal et al. 2020 (arXiv:2002.11803). Rerun elsewhere: 8 and 7 modes. Here: 8, 8, 7.
    test('Adam’s size along the plain gradient covers at least six', () => {
      const end = ending('AdaLR', preset('adaptiveSize'), STEPS, seed);
      expect(end.modes).toBeGreaterThanOrEqual(6);
    });

    // Rerun elsewhere: 1 and 2 modes. Here: 1, 0, and the third diverges after 6460 steps, with one mode before.
    test('plain steps’ size of rate 0.1 along Adam’s direction ends with two modes or fewer', () => {
      const end = ending('AdaDir 0.1', preset('adaptiveDirection'), STEPS, seed);
      expect(end.modes).toBeLessThanOrEqual(2);
    });

    // Rerun elsewhere: 7 and 6 modes. Here: 8, 8, 8. So it is the rate that decides, not whose direction.
    test('plain steps’ size of rate 0.01 along Adam’s direction covers at least six', () => {
      const graft = { kind: 'graft', magnitude: sgd(0.01), direction: adam };
      const end = ending('AdaDir 0.01', preset('mixedRules', both(graft)), STEPS, seed);
      expect(end.modes).toBeGreaterThanOrEqual(6);
    });
  },
  PATIENCE_MS,
);
