/** Spectra of games, held to their closed forms, to differences of the field and to each other. */
import { describe, expect, test } from 'vitest';
import { leadingSpectrum } from '../../src/analysis/leadingSpectrum.ts';
import { finish } from '../../src/analysis/probe.ts';
import { MOST_ROWS, spectrum } from '../../src/analysis/spectrum.ts';
import { openScene } from '../../src/catalog/scene.ts';
import { openDevice } from '../../src/engine/devices.ts';
import { eigenvalues } from '../../src/math/eigenvalues.ts';
import { denseJacobian, denseMatrix, productsOf } from '../../src/math/jacobian.ts';
import { multiply, transpose } from '../../src/math/matrix.ts';
import { defaults, type Values } from '../../src/settings/index.ts';
import { experimentOf, sceneOf, smallGan } from '../catalog/given.ts';

const standard = defaults(spectrum.settings);
type Settings = Partial<Values<typeof spectrum.settings>>;

function momentOf(game: Record<string, unknown>, at?: readonly number[]) {
  const experiment = experimentOf({ game });
  const scene = sceneOf(experiment);
  const point = at ? Float64Array.from(at) : scene.initialPoint(0);
  return { scene, point, experiment, step: 3 };
}

/** All eigenvalues and what they say, of a game that is small enough. */
function spectrumOf(game: Record<string, unknown>, at?: readonly number[], settings: Settings = {}) {
  const reading = finish(spectrum.work(momentOf(game, at), { ...standard, ...settings }));
  if ('tooLarge' in reading) throw new Error(reading.tooLarge);
  return reading;
}

/** Eigenvalues [re, im], by real part and then imaginary part, up to `digits`. */
function sorted({ re, im }: { re: Float64Array; im: Float64Array }, digits = 9): number[][] {
  const round = (x: number) => Math.round(x * 10 ** digits) / 10 ** digits + 0; // no negative zeros
  return [...re].map((x, i) => [round(x), round(im[i])]).sort(([a, b], [c, d]) => a - c || b - d);
}

describe('the spectrum', () => {
  test('of the bilinear game is +- i a everywhere: a pure rotation, and no step that converges', () => {
    const found = spectrumOf({ kind: 'bilinear', strength: 3 }, [0, 0]);
    expect(sorted(found)).toEqual([
      [0, -3],
      [0, 3],
    ]);
    expect(found).toMatchObject({ rotation: 1, shareRotational: 1, shareNegative: 0, zeros: 0 });
    expect(found).toMatchObject({ largestStep: null, isStationary: true, isLocallyStable: false });
    expect(spectrumOf({ kind: 'bilinear' }, [1, 1]).isStationary).toBe(false);
  });

  test('of the quadratic game is s +- i a in any dimension, with the step of lemma 4: 2 s / (s^2 + a^2)', () => {
    const found = spectrumOf({ kind: 'quadratic' }, [0, 0]);
    const { re, im } = found;
    const [s, a] = [re[0], Math.abs(im[0])];
    expect([s, a]).toEqual([0.2, 1]);
    expect(found.largestStep).toBeCloseTo(0.4 / 1.04, 14);
    expect(found.largestRatio).toBeCloseTo(5, 12);
    expect(found.rotation).toBeCloseTo(1 / Math.sqrt(1.04), 14);
    expect(found.isLocallyStable).toBe(true);
  });

  test('of the two time scales is 200 and 2: a potential, whose largest step is a hundredth', () => {
    const found = spectrumOf({ kind: 'twoTimescale', noise: 0 }, [0, 0]);
    expect(sorted(found)).toEqual([
      [2, 0],
      [200, 0],
    ]);
    expect([found.rotation, found.largestStep]).toEqual([0, 0.01]);
    expect(found.isLocallyStable).toBe(true);
  });

  test('of rock, paper, scissors at the middle turns at 0.19245, twice, and rests along the shifts', () => {
    const found = spectrumOf({ kind: 'rockPaperScissors' }, [0, 0, 0, 0, 0, 0]);
    const turn = Math.sqrt(3) / 9;
    const parts = [...found.im].sort((x, y) => x - y);
    [-turn, -turn, 0, 0, turn, turn].forEach((value, i) => {
      expect(parts[i]).toBeCloseTo(value, 12);
    });
    expect(found).toMatchObject({ zeros: 2, shareNegative: 0, shareRotational: 4 / 6 });
  });

  test('of the Dirac-GAN at its equilibrium is +- i f′(0)', () => {
    const { re, im } = spectrumOf({ kind: 'dirac' }, [0, 0]);
    expect(Math.hypot(...re)).toBeLessThan(1e-12);
    expect(Math.abs(im[0])).toBeCloseTo(0.5, 12);
  });

  test('of consensus on a normal J is lambda + gamma |lambda|^2', () => {
    for (const weight of [0, 0.5, 10]) {
      const found = spectrumOf({ kind: 'quadratic' }, [0, 0], { matrix: 'consensus', weight });
      expect(sorted(found)).toEqual(
        sorted({ re: found.re.fill(0.2 + weight * 1.04), im: Float64Array.of(1, -1) }),
      );
    }
  });

  test('of each player’s block is that of its own Hessian, real', () => {
    const game = { kind: 'twoTimescale' };
    expect([...spectrumOf(game, [0, 0], { matrix: 'generator' }).re]).toEqual([200]);
    expect([...spectrumOf(game, [0, 0], { matrix: 'discriminator' }).re]).toEqual([2]);
    const { scene, point, experiment, step } = momentOf(smallGan);
    const jacobian = finish(denseJacobian(scene.field(experiment.seed, step, 0), point));
    for (const [matrix, from, to] of [
      ['generator', 0, scene.split],
      ['discriminator', scene.split, scene.size],
    ] as const) {
      const block = new Float64Array((to - from) ** 2);
      for (let i = from; i < to; i++)
        for (let j = from; j < to; j++)
          block[(i - from) * (to - from) + j - from] = jacobian[i * scene.size + j];
      const found = spectrumOf(smallGan, undefined, { matrix });
      expect(found.size).toBe(to - from);
      const whole = sorted(eigenvalues(block, to - from), 10).map(([re]) => re);
      sorted(found).forEach(([re], i) => {
        expect(re).toBeCloseTo(whole[i], 8);
      });
      expect(found.rotation).toBeLessThan(1e-12);
    }
  });

  test('counts a GAN’s exact zeros apart: with rectifiers, units that rest and scales that do not matter', () => {
    const network = { kind: 'dense', hidden: [6, 6], activation: 'relu' };
    const game = { ...smallGan, generatorNetwork: network, discriminatorNetwork: network };
    const found = spectrumOf(game);
    expect(found.zeros).toBeGreaterThan(5);
    const { re, im } = found;
    const negative = [...re].filter((x, i) => x < 0 && Math.hypot(x, im[i]) > found.zeroBelow).length;
    expect(found.shareNegative).toBe(negative / found.size);
    expect(found.isLocallyStable).toBe(false);
  });

  test('says how many rows are too many, and leaves the rest', () => {
    const hidden = { kind: 'dense', hidden: [64, 64], activation: 'tanh' };
    const game = { ...smallGan, generatorNetwork: hidden, discriminatorNetwork: hidden };
    const moment = momentOf(game);
    const reading = finish(spectrum.work(moment, standard));
    expect('tooLarge' in reading && reading.tooLarge).toBe(
      `${moment.scene.size} rows are too many to find all eigenvalues: at most ${MOST_ROWS} are read.`,
    );
    expect(spectrum.fits(moment.scene)).toBe(true);
  });

  test('comes in pieces, and reads the batch and dials that it began with', () => {
    const moment = momentOf(smallGan);
    const alone = finish(spectrum.work(moment, standard));
    const work = spectrum.work(moment, standard);
    let pieces = 0;
    let before = 0;
    for (let piece = work.next(); ; piece = work.next(), pieces++) {
      if (piece.done) {
        expect(piece.value).toEqual(alone);
        break;
      }
      expect(piece.value).toBeGreaterThanOrEqual(before);
      expect(piece.value).toBeLessThanOrEqual(1);
      before = piece.value;
      moment.scene.field(moment.experiment.seed, pieces + 20, 0).at(moment.point);
    }
    expect(pieces).toBeGreaterThan(moment.scene.size);
  });
});

describe('the dense Jacobian', () => {
  test('of a GAN is what differences of its field say, and J′ of the other product', () => {
    const { scene, point, experiment, step } = momentOf(smallGan);
    const field = scene.field(experiment.seed, step, 0);
    const n = scene.size;
    const jacobian = finish(denseJacobian(field, point));
    const [STEP, unit] = [1e-5, new Float64Array(n)];
    for (let j = 0; j < n; j++) {
      unit.fill(0);
      unit[j] = STEP;
      const ahead = field.at(point.map((x, i) => x + unit[i])).slice();
      const behind = field.at(point.map((x, i) => x - unit[i])).slice();
      unit[j] = 1;
      const row = field.vjp(point, unit);
      for (let i = 0; i < n; i++) {
        // A central difference: STEP^2 of truncation and 2^-53 / STEP of rounding.
        expect(Math.abs((ahead[i] - behind[i]) / (2 * STEP) - jacobian[i * n + j])).toBeLessThan(1e-8);
        expect(Math.abs(row[i] - jacobian[j * n + i])).toBeLessThan(1e-14);
      }
    }
    const consensus = multiply(transpose(jacobian, n), jacobian, n).map((x, i) => jacobian[i] + 2 * x);
    const found = spectrumOf(smallGan, undefined, { matrix: 'consensus', weight: 2 });
    expect(sorted(found, 8)).toEqual(sorted(eigenvalues(consensus, n), 8));
  });
});

describe('the leading eigenvalues', () => {
  const keys = {
    magnitude: Math.hypot,
    largestReal: (re: number) => re,
    smallestReal: (re: number) => -re,
    largestImaginary: (_: number, im: number) => Math.abs(im),
  };
  test.each(['jacobian', 'consensus', 'generator', 'discriminator'] as const)(
    'of %s are the first of all, in every order',
    (matrix) => {
      const moment = momentOf(smallGan);
      const all = spectrumOf(smallGan, undefined, { matrix });
      for (const [wanted, key] of Object.entries(keys)) {
        const found = finish(
          leadingSpectrum.work(moment, {
            ...defaults(leadingSpectrum.settings),
            matrix,
            wanted: wanted as keyof typeof keys,
            count: 3,
            tolerance: 1e-10,
          }),
        );
        const first = [...all.re].map((re, i) => key(re, all.im[i])).sort((x, y) => y - x);
        expect(found.converged).toBe(found.re.length);
        // Of nearly real pairs far inside, as consensus has, only the first is sure to be met.
        for (let i = 0; i < (wanted === 'largestImaginary' ? 1 : 3); i++) {
          expect(Math.abs(key(found.re[i], found.im[i]) - first[i])).toBeLessThan(1e-7 * all.maxReal!);
        }
      }
    },
  );

  test('are found with their multiplicity: rock, paper, scissors turns twice at 0.19245', () => {
    const { re, im, converged } = finish(
      leadingSpectrum.work(momentOf({ kind: 'rockPaperScissors' }, [0, 0, 0, 0, 0, 0]), {
        ...defaults(leadingSpectrum.settings),
        count: 4,
      }),
    );
    expect(converged).toBe(4);
    [1, -1, 1, -1].forEach((sign, i) => {
      expect(re[i]).toBeCloseTo(0, 12);
      expect(im[i]).toBeCloseTo((sign * Math.sqrt(3)) / 9, 12);
    });
  });
});

test('products that are made together, where runs themselves cost, are those made one after the other', async () => {
  const experiment = experimentOf({ game: smallGan });
  const scene = openScene(experiment, await openDevice('tfjs-cpu'));
  const field = scene.frozenField(experiment.seed, 0);
  const point = scene.initialPoint(experiment.seed);
  const products = productsOf(field, point);
  expect(products.together?.count).toBeGreaterThan(1);
  const single = finish(denseMatrix({ apply: products.apply }, field.size));
  expect(finish(denseMatrix(products, field.size))).toEqual(single);
});
