/**
 * Unrolling on the ring of its paper (Metz et al. 2017, arXiv:1611.02163, section 3.1): networks, latent size,
 * first weights and β₁ of the preset; a quarter of its batch and three times its rates, so that 8,000 steps do.
 */
import { describe, expect, test } from 'vitest';
import { both, type Differences, ending, PATIENCE_MS, preset, seeds } from './runs.ts';

const STEPS = 8000;
const RATE = 0.0003;
const adam = { kind: 'adam', learningRate: RATE, beta1: 0.5, beta2: 0.999, epsilonMode: 'hat' };

const game = { ...(preset('unrolled0').game as Differences), batchSize: 128 };
const foresight = (steps: number) => ({
  foresight: { kind: 'unrolled', steps, rate: RATE, rule: { kind: 'adam', beta1: 0.5 } },
});

describe.each(seeds)(
  'seed %i',
  (seed) => {
    // Published: it spreads quickly and converges. Rerun elsewhere at the paper's batch and rates: 8 modes are
    // nearest after 5,000 steps, reverse KL .004 after 20,000.
    test('with ten steps of foresight, samples are near all eight modes', () => {
      const end = ending(
        'K = 10',
        preset('unrolled0', { ...both(adam), game, ...foresight(10) }),
        STEPS,
        seed,
      );
      expect(end.nearest).toBe(8);
    });

    // Published: it rotates through the modes, one at a time. Rerun elsewhere: 1 or 2 modes are nearest.
    test('without, they are near three at most', () => {
      const end = ending('K = 0', preset('unrolled0', { ...both(adam), game }), STEPS, seed);
      expect(end.nearest).toBeLessThanOrEqual(3);
    });
  },
  PATIENCE_MS,
);
