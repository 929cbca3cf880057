/** How the mean of many bilinear games is written: its random terms, and the weights of those in a batch. */
import { build } from '../../expr/index.ts';
import { stream } from '../../math/random.ts';
import type { Model, Stage } from '../kinds.ts';
import { zeroSum } from './plane.ts';

export function writeStochasticBilinear(
  stage: Stage,
  {
    dimension: n,
    batchSize,
    reduction,
    instance,
  }: { dimension: number; batchSize: number; reduction: 'summed' | 'averaged'; instance: number },
): Model {
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
}
