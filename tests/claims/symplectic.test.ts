/**
 * Symplectic adjustment on the grid of sixteen of its paper (Balduzzi et al. 2018, arXiv:1802.05642, section 4.2):
 * data and rates of the preset; four layers of 64 instead of six of 384, latent size 32, 8,000 steps.
 */
import { describe, expect, test } from 'vitest';
import { type Differences, ending, PATIENCE_MS, preset, seeds } from './runs.ts';

const STEPS = 8000;
const network = { hidden: [64, 64, 64, 64], activation: 'relu' };
const game = {
  ...(preset('symplectic').game as Differences),
  latentSize: 32,
  generatorNetwork: network,
  discriminatorNetwork: network,
};

describe.each(seeds)(
  'seed %i',
  (seed) => {
    // Published, at full width: L_D 1.35 to 1.386. Here: 1.32, 1.32, 1.33.
    test('with the adjustment, the discriminator stays unsure: L_D above 1.2, all sixteen have samples nearest', () => {
      const end = ending('SGA', preset('symplectic', { game }), STEPS, seed);
      expect(end.discriminatorLoss).toBeGreaterThan(1.2);
      expect(end.nearest).toBe(16);
    });

    // Published, at full width: L_D .58 to .64. Here: .58, .96, .62. At this width no run hits the modes as yet.
    test('without it, the discriminator gets ahead: L_D below 1.1', () => {
      const end = ending('RMSProp', preset('symplectic', { game, adjustment: 'none' }), STEPS, seed);
      expect(end.discriminatorLoss).toBeLessThan(1.1);
    });
  },
  PATIENCE_MS,
);
