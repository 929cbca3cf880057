/** Duality gaps against closed forms; where they are searched, against the exact ones. */
import { describe, expect, test } from 'vitest';
import { dualityGap } from '../../src/analysis/dualityGap.ts';
import { finish } from '../../src/analysis/probe.ts';
import { reference } from '../../src/compute/reference/reference.ts';
import { momentOf } from '../../src/engine/frame.ts';
import { openSession } from '../../src/engine/session.ts';
import { defaults } from '../../src/settings/index.ts';
import { descent, experimentOf, sceneOf, smallGan } from '../catalog/given.ts';

const usual = defaults(dualityGap.settings);
/** The gap of an experiment at its start, or at a point. */
function gapOf(differences: Record<string, unknown>, point?: number[], settings = {}) {
  const experiment = experimentOf(differences);
  const scene = sceneOf(experiment);
  const at = point ? Float64Array.from(point) : scene.initialPoint(experiment.seed);
  return finish(dualityGap.work({ scene, experiment, point: at, step: 0 }, { ...usual, ...settings }));
}

describe('in quadratic games', () => {
  test('(mu + a²/mu)(theta² + phi²) / 2 of the regularised bilinear game: 0.725 at (0.3, -0.7), mu = 0.5', () => {
    const found = gapOf({ game: { kind: 'quadratic', attraction: 0.5, rotation: 1 } }, [0.3, -0.7]);
    expect(found.gap).toBeCloseTo(0.725, 14);
    expect(found).toMatchObject({ kind: 'exact', searchSteps: 0 });
    const other = gapOf({ game: { kind: 'quadratic', attraction: 0.2, rotation: -2 } }, [1, 2]);
    expect(other.gap).toBeCloseTo(((0.2 + 4 / 0.2) * 5) / 2, 12);
  });

  test('of the bilinear game it is without end off the equilibrium and 0 there', () => {
    expect(gapOf({ game: { kind: 'bilinear' } }, [0.1, 0])).toMatchObject({
      gap: null,
      generator: 0,
      discriminator: null,
      kind: 'infinite',
    });
    expect(gapOf({ game: { kind: 'bilinear' } }, [0, 0])).toMatchObject({ gap: 0, kind: 'exact' });
  });

  test('of the bilinear game in a box it is a c (|theta| + |phi|)', () => {
    const game = { kind: 'bilinear', strength: 3 };
    const box = (whose: string) => ({ game, constraint: { kind: 'box', bound: 2, whose } });
    expect(gapOf(box('both'), [0.5, -1]).gap).toBeCloseTo(3 * 2 * 1.5, 12);
    expect(gapOf(box('discriminator'), [0.5, 0]).gap).toBeCloseTo(3 * 2 * 0.5, 12);
    expect(gapOf(box('discriminator'), [0.5, -1]).kind).toBe('infinite');
  });

  test('in a box, one parameter answers with an end where the bottom lies beyond', () => {
    const quadratic = {
      game: { kind: 'quadratic', attraction: 1, rotation: 1 },
      constraint: { kind: 'box', bound: 1, whose: 'both' },
    };
    // max_phi -phi²/2 + theta phi = theta²/2 where |theta| <= 1: as without a box.
    expect(gapOf(quadratic, [0.3, -0.7]).gap).toBeCloseTo(((1 + 1) * 0.58) / 2, 12);
    const weak = { ...quadratic, game: { kind: 'quadratic', attraction: 0.1, rotation: 1 } };
    // The bottom lies at theta' = -10 phi: the end -1 is best, and so for phi'.
    const at = (theta: number, phi: number) => 0.05 * (theta ** 2 - phi ** 2) + theta * phi;
    expect(gapOf(weak, [0.5, 0.5]).gap).toBeCloseTo(at(0.5, 1) - at(-1, 0.5), 12);
  });

  test('what has no bottom is without end, even at a stationary point', () => {
    const unstable = { kind: 'quadratic', attraction: -0.1, rotation: 1 };
    expect(gapOf({ game: unstable }, [0, 0]).kind).toBe('infinite');
  });

  test('of many dimensions it is half of F’ H⁻¹ F, and 0 at the equilibrium', () => {
    const game = { kind: 'randomQuadratic', dimension: 3, least: 0.5, most: 0.5, rotation: 1 };
    const scene = sceneOf(experimentOf({ game }));
    const point = scene.initialPoint(0);
    const field = scene.field(0, 0, 0).at(point);
    const square = field.reduce((sum, value) => sum + value * value, 0);
    expect(gapOf({ game }).gap).toBeCloseTo(square / (2 * 0.5), 12);
    expect(gapOf({ game }, new Array(6).fill(0)).gap).toBe(0);
  });

  test('every known equilibrium of these games has none', () => {
    for (const kind of ['bilinear', 'linearWgan', 'stochasticBilinear', 'variance', 'shiftedBilinear']) {
      const scene = sceneOf(experimentOf({ game: { kind } }));
      expect(scene.model.equilibria.length).toBeGreaterThan(0);
      for (const { point } of scene.model.equilibria) {
        const { gap, kind: how } = gapOf({ game: { kind } }, [...point]);
        expect(gap, kind).toBe(0);
        expect(how, kind).toBe('exact');
      }
    }
  });
});

describe('in matrix games', () => {
  test('of rock, paper, scissors it is max(Mq) - min(p’M)', () => {
    const game = {
      kind: 'rockPaperScissors',
      parameters: 'direct',
      startFirst: [0.5, 0.25, 0.25],
      startSecond: [0.2, 0.2, 0.6],
    };
    // M q = (S - P, R - S, P - R) of q; p'M = (P - S, S - R, R - P) of p.
    const best = Math.max(0.6 - 0.2, 0.2 - 0.6, 0.2 - 0.2);
    const worst = Math.min(0.25 - 0.25, 0.25 - 0.5, 0.5 - 0.25);
    for (const parameters of ['direct', 'softmax', 'mirror']) {
      const { gap, kind } = gapOf({ game: { ...game, parameters } });
      expect(gap, parameters).toBeCloseTo(best - worst, 12);
      expect(kind).toBe('exact');
    }
  });

  test('at the uniform strategies nobody can win', () => {
    const uniform = { startFirst: [1, 1, 1], startSecond: [1, 1, 1] };
    for (const payoff of ['difference', 'wins', 'ownWins']) {
      expect(gapOf({ game: { kind: 'rockPaperScissors', payoff, ...uniform } }).gap).toBeCloseTo(0, 14);
    }
  });

  test('of matching pennies it is |2p - 1| + |2q - 1|', () => {
    const leaning = (z: number) => Math.abs(2 / (1 + Math.exp(-z)) - 1);
    const { gap } = gapOf({ game: { kind: 'matchingPennies' } }, [0.7, -2]);
    expect(gap).toBeCloseTo(leaning(0.7) + leaning(-2), 14);
  });
});

describe('where it is searched', () => {
  test('it is a lower bound that more steps bring to the gap', () => {
    // The same game, typed: no closed form is known of it.
    const typed = { kind: 'typed', first: '0.25*x^2 - 0.25*y^2 + x*y' };
    const few = gapOf({ game: typed }, [0.3, -0.7], { steps: 5 });
    const many = gapOf({ game: typed }, [0.3, -0.7], { steps: 200, rate: 0.05 });
    expect(few).toMatchObject({ kind: 'lower bound', searchSteps: 5 });
    expect(few.gap as number).toBeGreaterThan(0);
    expect(few.gap as number).toBeLessThan(many.gap as number);
    expect(many.gap as number).toBeLessThanOrEqual(0.725 + 1e-12);
    expect(many.gap as number).toBeGreaterThan(0.72);
  });

  test('it is searched where the players may be', () => {
    const found = gapOf(
      {
        game: { kind: 'typed', first: 'x*y' },
        constraint: { kind: 'box', bound: 1, whose: 'both' },
      },
      [0.5, 0.2],
      { steps: 200, rate: 0.1 },
    );
    expect(found.gap).toBeCloseTo(0.7, 12);
  });

  test('it is searched on one batch that training never reads', () => {
    const scene = sceneOf(experimentOf({ game: smallGan }));
    const experiment = experimentOf({ game: smallGan });
    const batches: Float64Array[] = [];
    const watched = Object.assign(Object.create(scene), {
      frozenField(seed: number, step: number) {
        const field = scene.frozenField(seed, step);
        expect([seed !== experiment.seed, step]).toEqual([true, 3]);
        batches.push(scene.field(seed, step, 0).batch.real.slice());
        return field;
      },
    });
    const point = scene.initialPoint(0);
    finish(dualityGap.work({ scene: watched, experiment, point, step: 3 }, { ...usual, steps: 2 }));
    expect(batches).toHaveLength(1);
    for (const draw of [0, 1])
      expect(scene.field(experiment.seed, 3, draw).batch.real).not.toEqual(batches[0]);
  });

  test('of a GAN it is at least 0, does not change the run, and a player held fixed wins nothing', () => {
    const session = openSession(
      experimentOf({ game: { ...smallGan, frozen: 'generator' }, ...descent(0.1) }),
      reference,
    );
    session.advance(3);
    const before = session.checkpoint();
    const found = finish(dualityGap.work(momentOf(session), usual));
    expect(session.checkpoint()).toEqual(before);
    expect(found).toMatchObject({ kind: 'lower bound', searchSteps: 50, generator: 0, step: 3 });
    expect(found.gap as number).toBeGreaterThan(0);
  });
});
