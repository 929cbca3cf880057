/** The linear GAN that learns a covariance matrix. */
import { build } from '../../expr/index.ts';
import { group, integer, numbers } from '../../settings/index.ts';
import { defineGame } from '../kinds.ts';
import { orthogonal } from './linear.ts';
import { zeroSum } from './plane.ts';

export const covariance = defineGame({
  name: 'covariance',
  label: 'Learning a covariance',
  summary:
    'A linear generator against a critic of products: rotations about every root of the data’s covariance.',
  source: 'Daskalakis et al. 2018 (arXiv:1711.00141), section 5',
  formula: 'V(V, W) = ⟨W, Σ − VV′⟩;  data N(0, Σ), G(z) = V z, D(x) = x′W x',
  settings: group({
    deviations: numbers({
      label: 'deviations s',
      summary:
        'Of the data along its axes; as many as dimensions. The eigenvalues are ±i √(2(sᵢ² + sⱼ²)) for i ≤ j, the others 0.',
      default: [1, 0.5],
      min: 0.01,
      max: 10,
      length: [1, 5],
      live: false,
    }),
    instance: integer({
      label: 'instance',
      summary: 'Which random axes.',
      default: 0,
      min: 0,
      max: 1_000_000,
      live: false,
    }),
  }),
  write(stage, { deviations, instance }) {
    const { matmul, transpose, sub, mul, sum, constant } = build;
    const n = deviations.length;
    // A root of Σ: the axes as columns, each as long as its deviation.
    const axes = orthogonal(instance, 'covariance.axes', n);
    const root = axes.map((value, at) => value * deviations[at % n]);
    const sigma = new Float64Array(n * n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++)
        for (let k = 0; k < n; k++) sigma[i * n + j] += root[i * n + k] * root[j * n + k];
    const small: Parameters<typeof stage.parameter>[3] = (random, _shape, out) => {
      random.normals(out);
      for (let i = 0; i < out.length; i++) out[i] *= FIRST_SIZE;
    };
    const v = stage.parameter('generator', 'V', [n, n], small);
    const w = stage.parameter('discriminator', 'W', [n, n], small);
    const value = sum(mul(w, sub(constant(sigma, [n, n]), matmul(v, transpose(v)))));
    return {
      losses: zeroSum(value),
      // Every root of Σ is one, turned by any angle: of many, none is singled out.
      equilibria:
        n === 1 ? [-1, 1].map((sign) => ({ point: [sign * deviations[0], 0], label: 'equilibrium' })) : [],
      lossesAtEquilibrium: [0, 0],
      picture: { kind: 'parameters' },
    };
  },
});

/** Standard deviation of the first parameters: off the saddle at 0, and inside of most roots. */
const FIRST_SIZE = 0.3;
