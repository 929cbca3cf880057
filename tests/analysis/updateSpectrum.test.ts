/** The spectrum of a run's own next steps: exact on linear games, with its error elsewhere. */
import { describe, expect, test } from 'vitest';
import { finish } from '../../src/analysis/probe.ts';
import { jacobianEigenvalues } from '../../src/analysis/stabilityRegion.ts';
import { readUpdateMap } from '../../src/analysis/updateMap.ts';
import { updateSpectrum } from '../../src/analysis/updateSpectrum.ts';
import { reference } from '../../src/compute/reference/reference.ts';
import { momentOf } from '../../src/engine/frame.ts';
import { openSession } from '../../src/engine/session.ts';
import type { Memory } from '../../src/math/memory.ts';
import { descent, experimentOf, smallGan } from '../catalog/given.ts';

type Differences = Readonly<Record<string, unknown>>;
const both = (rule: Differences) => ({ generator: rule, discriminator: rule });

function read(differences: Differences, steps: number) {
  const session = openSession(experimentOf(differences), reference);
  session.advance(steps);
  return { session, ...finish(updateSpectrum.work(momentOf(session), {})) };
}

describe('on linear games', () => {
  test.each<[string, Differences, number]>([
    ['simultaneous', descent(0.1), 1.0049875621],
    ['alternating', { ...descent(0.1), scheme: 'alternating' }, 1],
    ['extragradient', { ...descent(0.1), scheme: 'extragradient' }, 0.9950376877],
    ['optimistic', { ...descent(0.1), scheme: 'optimistic' }, 0.994936153],
    ['momentum 0.9', both({ kind: 'momentum', learningRate: 0.1 }), 1.1982862322],
    ['lookahead', { ...descent(0.1), lookahead: { kind: 'lookahead', steps: 5 } }, 0.9813269142],
  ])('the radius is exact wherever the run is: %s', (_, differences, expected) => {
    for (const steps of [0, 1, 7, 40]) {
      const { radius, error, stable, size, re, step } = read(
        { game: 'bilinear', scheme: 'simultaneous', ...differences },
        steps,
      );
      expect(step).toBe(steps);
      expect(Math.abs((radius as number) - expected)).toBeLessThan(1e-9);
      expect(error).toBeLessThan(1e-12);
      expect(stable).toBe(expected < 1);
      expect(re.length).toBe(size);
    }
  });

  test('a period is told, and its radius by the step', () => {
    const lookahead = { kind: 'lookahead', steps: 6 };
    const { period, radiusPerStep } = read(
      { game: 'bilinear', scheme: 'simultaneous', ...descent(0.3), lookahead },
      4,
    );
    expect(period).toBe(6);
    expect(radiusPerStep).toBeCloseTo(0.95207, 6);
  });

  test('averages and counts have no part in it', () => {
    const plain = read({ game: 'bilinear', ...descent(0.1) }, 9);
    for (const averaging of ['ema', 'uniform']) {
      const { size, radius } = read({ game: 'bilinear', ...descent(0.1), averaging }, 9);
      expect([size, radius]).toEqual([plain.size, plain.radius]);
    }
    // The point, and two moments of each player; the weights that free them from their bias are none.
    expect(read({ game: 'bilinear', ...both({ kind: 'adam' }) }, 9).size).toBe(6);
  });

  test('what a controller remembers as a plain number has a part in it', () => {
    const control = { kind: 'dual', target: 0.1, gain: 0.05 };
    expect(
      read({ game: 'bilinear', ...descent(0.1), adjustment: { kind: 'consensus', control } }, 9).size,
    ).toBe(3);
  });
});

describe('elsewhere', () => {
  test('a step of descent has the eigenvalues 1 - eta lambda of the Jacobian here, within its error', () => {
    for (const game of ['dirac', 'forsaken', 'almostBilinear']) {
      const { session, radius, error } = read({ game, scheme: 'simultaneous', ...descent(0.1) }, 20);
      const { re, im } = jacobianEigenvalues(session.scene.field(0, 20, 0), session.state.point);
      const expected = Math.max(...[...re].map((value, i) => Math.hypot(1 - 0.1 * value, 0.1 * im[i])));
      expect(Math.abs((radius as number) - expected)).toBeLessThan(1e-9);
      expect(error).toBeLessThan(1e-6);
    }
  });

  test.each(['adam', 'rmsprop', 'normalized', 'radam', 'graft'])(
    'it foretells steps beside the run’s: %s',
    (kind) => {
      const session = openSession(
        experimentOf({ game: 'dirac', ...both({ kind }), scheme: 'extragradient' }),
        reference,
      );
      session.advance(30);
      const run = session.soFar();
      const { matrix, size } = finish(readUpdateMap((state) => run.next(state), run.state()));
      const steppedFrom = (by: number): Float64Array => {
        const state = run.state();
        (state.point as Float64Array)[0] += by;
        run.next(state);
        return state.point as Float64Array;
      };
      const small = 1e-5;
      const [above, below] = [steppedFrom(small), steppedFrom(-small)];
      for (const i of [0, 1])
        expect(Math.abs((above[i] - below[i]) / (2 * small) - matrix[i * size])).toBeLessThan(
          1e-6 * (1 + Math.abs(matrix[i * size])),
        );
    },
  );

  test('a GAN is looked at as it is, on its next batch, while it is small; a large one is refused in words', () => {
    const small = read({ game: smallGan, scheme: 'alternating', ...descent(0.01) }, 3);
    expect(small.size).toBe(small.session.scene.size);
    expect(small.error).toBeLessThan(1e-6);
    const large = read({ game: 'gan' }, 0);
    expect(large.radius).toBe(null);
    expect(large.note).toMatch('numbers');
  });

  test('a bound that is just met, and a choice, have no derivative', () => {
    const experiment = experimentOf({
      game: { kind: 'bilinear', start: [1, 0] },
      constraint: { kind: 'box', bound: 1, whose: 'both' },
      scheme: 'simultaneous',
      ...descent(0.1),
    });
    const run = openSession(experiment, reference).soFar();
    expect(finish(readUpdateMap((state: Memory) => run.next(state), run.state())).smooth).toBe(false);
    const game = { kind: 'rockPaperScissors', parameters: 'direct' };
    expect(read({ game, scheme: 'fictitiousPlay' }, 5).note).toMatch('Not differentiable');
  });

  test('without a run there is no next step', () => {
    const session = openSession(experimentOf({ game: 'bilinear' }), reference);
    const { run: _, ...moment } = momentOf(session);
    expect(finish(updateSpectrum.work(moment, {})).note).toMatch('No run');
  });

  test('taking it does not change the run', () => {
    const { session } = read({ game: 'dirac', ...both({ kind: 'adam' }) }, 5);
    const witness = openSession(session.experiment, reference);
    witness.advance(9);
    session.advance(4);
    expect(session.state).toEqual(witness.state);
  });
});
