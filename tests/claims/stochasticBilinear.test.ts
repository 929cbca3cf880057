/** The stochastic bilinear game of the lookahead and variance-reduction studies, by their rates. */
import { describe, expect, test } from 'vitest';
import { descent, experimentOf, play, sceneOf } from '../catalog/given.ts';

/**
 * The distance to the equilibrium, each player's added up (or of both together): at the start, and after the steps. Chavdarova et al. 2021
 * (arXiv:2006.14567), section 5.1: 100 terms, rates and periods of the released code.
 */
function distances(
  batchSize: number,
  more: Record<string, unknown>,
  steps: number,
  seed = 0,
  together = false,
) {
  const differences = { seed, game: { kind: 'stochasticBilinear', batchSize }, ...more };
  const scene = sceneOf(experimentOf(differences));
  const [equilibrium] = scene.model.equilibria;
  const distance = (point: Float64Array) => {
    const squares = [0, 0];
    point.forEach((value, i) => {
      squares[i < scene.split ? 0 : 1] += (value - equilibrium.point[i]) ** 2;
    });
    const [first, second] = squares.map(Math.sqrt);
    return together ? Math.hypot(first, second) : first + second;
  };
  return { start: distance(scene.initialPoint(seed)), end: distance(play(differences, steps).point) };
}
const lookahead = (steps: number) => ({ lookahead: { kind: 'lookahead', steps, fraction: 0.3 } });

describe('on all terms at once', () => {
  test('extragradient of rate 0.8 shrinks the distance by √(1 − η² + η⁴) a step', () => {
    const { start, end } = distances(100, { scheme: 'extragradient', ...descent(0.8) }, 60, 0, true);
    expect(end / start / (1 - 0.64 + 0.4096) ** 30).toBeCloseTo(1, 9);
  });

  test('lookahead of rate 0.2 every 15 steps reaches the last digits', () => {
    expect(distances(100, { ...descent(0.2), ...lookahead(15) }, 3000).end).toBeLessThan(1e-13);
  });
});

describe.each([0, 1, 2])(
  'on few terms at a time, seed %i',
  (seed) => {
    const steps = 20_000;

    test('extragradient on single terms gets nowhere, plain descent away', () => {
      const still = distances(1, { scheme: 'extragradient', ...descent(0.005) }, steps / 2, seed);
      expect(Math.abs(still.end / still.start - 1)).toBeLessThan(0.1);
      const away = distances(1, descent(0.05), steps / 2, seed);
      expect(away.end).toBeGreaterThan(1.2 * away.start);
    });

    test('lookahead brings it in on single terms, and further on 64', () => {
      const single = distances(1, { ...descent(0.05), ...lookahead(2450) }, steps, seed);
      expect(single.end).toBeLessThan(single.start / 2);
      const many = distances(64, { ...descent(0.005), ...lookahead(450) }, steps, seed);
      expect(many.end).toBeLessThan(single.end / 2);
    });
  },
  60_000,
);
