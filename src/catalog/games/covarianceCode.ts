/** How the linear GAN that learns a covariance is written. */
import { build } from '../../expr/index.ts';
import type { Model, Stage } from '../kinds.ts';
import { orthogonal } from './linearCode.ts';
import { zeroSum } from './plane.ts';

export function writeCovariance(
  stage: Stage,
  { deviations, instance }: { deviations: readonly number[]; instance: number },
): Model {
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
}

/** Standard deviation of the first parameters: off the saddle at 0, and inside of most roots. */
const FIRST_SIZE = 0.3;
