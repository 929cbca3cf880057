/** The same ring with the consensus of one player only: which of the two is it that helps? */
import { describe, expect, test } from 'vitest';
import { consensus, ending, PATIENCE_MS, preset, seeds } from './runs.ts';

const STEPS = 20_000;

describe.each(seeds)(
  'seed %i',
  (seed) => {
    // Rerun elsewhere: 8 and 8 modes, L_D 1.386. Here: 8, 8, 8; reverse KL .051, .121, .014.
    test('with the discriminator’s part of consensus 10 alone, all eight are covered and L_D is 2 ln 2', () => {
      const end = ending(
        'discriminator only',
        preset('numericsRing', consensus(10, 'discriminator')),
        STEPS,
        seed,
      );
      expect(end.modes).toBe(8);
      expect(Math.abs(end.discriminatorLoss - 2 * Math.LN2)).toBeLessThan(0.01);
    });

    // Rerun elsewhere: 1 and 1 mode. Here: 1, 1, 1; 1, 1, 2 are nearest to any; L_D .36, .39, .64.
    test('with the generator’s part alone, it collapses: at most 3 modes are even nearest, L_D below 0.8', () => {
      const end = ending('generator only', preset('numericsRing', consensus(10, 'generator')), STEPS, seed);
      expect(end.modes).toBeLessThanOrEqual(1);
      expect(end.nearest).toBeLessThanOrEqual(3);
      expect(end.discriminatorLoss).toBeLessThan(0.8);
    });
  },
  PATIENCE_MS,
);
