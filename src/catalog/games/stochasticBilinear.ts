/** A bilinear game that is a mean of many: rotation under the noise of minibatches. */
import { build } from '../../expr/index.ts';
import { stream } from '../../math/random.ts';
import { group, integer, pick } from '../../settings/index.ts';
import { defineGame } from '../kinds.ts';
import { zeroSum } from './plane.ts';

export const stochasticBilinear = defineGame({
  name: 'stochasticBilinear',
  label: 'Stochastic bilinear',
  summary:
    'A finite sum of bilinear games: extragradient on single terms does not converge, variance reduction and lookahead help.',
  source:
    'Chavdarova et al. 2019 (arXiv:1904.08598), section 3.2; Chavdarova et al. 2021 (arXiv:2006.14567), section 5.1',
  formula: 'V(θ, φ) = (1/n) Σᵢ (θᵢ φᵢ + ⟨θ, aᵢ⟩ + ⟨bᵢ, φ⟩)',
  settings: group({
    dimension: integer({
      label: 'terms n',
      summary: 'As many as dimensions of each player.',
      default: 100,
      min: 2,
      max: 400,
      scale: 'log',
      live: false,
    }),
    batchSize: integer({
      label: 'batch size',
      summary: 'Terms in one reading; as many as there are, and nothing is random.',
      default: 1,
      min: 1,
      max: 400,
      scale: 'log',
      live: false,
    }),
    reduction: pick({
      label: 'terms are',
      summary: 'The published code adds the terms of a batch instead of averaging them.',
      default: 'summed',
      options: { summed: 'added up, as in the code', averaged: 'averaged, as in the formula' },
      live: false,
    }),
    instance: integer({
      label: 'instance',
      summary: 'Which random game.',
      default: 0,
      min: 0,
      max: 1_000_000,
      live: false,
    }),
  }),
  offers: () => ['finiteData'],
  write(stage, { dimension: n, batchSize, reduction, instance }) {
    const { matmul, reshape, mul, add, dot, constant } = build;
    const scale = 1 / Math.sqrt(n);
    const drawn = (purpose: string) => {
      const values = stream(instance, `stochasticBilinear.${purpose}`).normals(new Float64Array(n * n));
      for (let i = 0; i < values.length; i++) values[i] *= scale;
      return values;
    };
    const a = drawn('a');
    const b = drawn('b');
    const normals: Parameters<typeof stage.parameter>[3] = (random, _shape, out) => {
      random.normals(out);
      for (let i = 0; i < out.length; i++) out[i] *= scale;
    };
    const theta = stage.parameter('generator', 'theta', [n], normals);
    const phi = stage.parameter('discriminator', 'phi', [n], normals);
    const size = Math.min(batchSize, n);
    const share = reduction === 'summed' ? 1 : 1 / size;
    const weights = stage.draw(
      'terms',
      [n],
      (streams, out) => {
        out.fill(0);
        if (size === n) out.fill(share);
        else for (const i of streams('data').integers(new Int32Array(size), n)) out[i] += share;
      },
      (out) => out.fill(reduction === 'summed' ? size / n : 1 / n),
      n / size,
    );
    const pull = (values: Float64Array) =>
      reshape(matmul(reshape(weights, [1, n]), constant(values, [n, n])), [n]);
    const value = add(dot(mul(theta, weights), phi), add(dot(theta, pull(a)), dot(pull(b), phi)));
    // The equilibrium of the whole sum: phi* = -sum a_i, theta* = -sum b_i.
    const minusSum = (values: Float64Array) =>
      Array.from({ length: n }, (_, column) => {
        let sum = 0;
        for (let row = 0; row < n; row++) sum -= values[row * n + column];
        return sum;
      });
    return {
      losses: zeroSum(value),
      equilibria: [{ point: [...minusSum(b), ...minusSum(a)], label: 'equilibrium' }],
      picture: { kind: 'parameters' },
    };
  },
});
