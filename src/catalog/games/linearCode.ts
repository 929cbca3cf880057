/** How games of more dimensions with prescribed spectra are written: random orthogonal bases, scaled. */
import { build } from '../../expr/index.ts';
import { stream } from '../../math/random.ts';
import type { Model, Stage } from '../kinds.ts';
import { zeroSum } from './plane.ts';

export function writeShiftedBilinear(
  stage: Stage,
  { singularValues, shift, instance }: { singularValues: readonly number[]; shift: number; instance: number },
): Model {
  const { matmul, reshape, dot, add, constant } = build;
  const n = singularValues.length;
  const normals: Parameters<typeof stage.parameter>[3] = (random, _shape, out) => void random.normals(out);
  const theta = stage.parameter('generator', 'theta', [n], normals);
  const phi = stage.parameter('discriminator', 'phi', [n], normals);
  // M = L' diag(σ) R, both random orthogonal.
  const left = orthogonal(instance, 'shiftedBilinear.left', n);
  const right = orthogonal(instance, 'shiftedBilinear.right', n);
  const M = new Float64Array(n * n);
  for (let k = 0; k < n; k++)
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) M[i * n + j] += left[k * n + i] * singularValues[k] * right[k * n + j];
  const drawn = (purpose: string) =>
    stream(instance, `shiftedBilinear.${purpose}`)
      .normals(new Float64Array(n))
      .map((value) => shift * value);
  const [thetaThere, phiThere] = [drawn('theta'), drawn('phi')];
  // M φ* = −b and M′θ* = −c.
  const b = new Float64Array(n);
  const c = new Float64Array(n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      b[i] -= M[i * n + j] * phiThere[j];
      c[j] -= M[i * n + j] * thetaThere[i];
    }
  const turned = reshape(matmul(constant(M, [n, n]), reshape(phi, [n, 1])), [n]);
  const value = add(dot(theta, turned), add(dot(theta, constant(b, [n])), dot(constant(c, [n]), phi)));
  return {
    losses: zeroSum(value),
    equilibria: [{ point: [...thetaThere, ...phiThere], label: 'equilibrium' }],
    picture: { kind: 'parameters' },
  };
}

export function writeRandomQuadratic(
  stage: Stage,
  {
    dimension,
    least,
    most,
    rotation,
    instance,
  }: { dimension: number; least: number; most: number; rotation: number; instance: number },
): Model {
  const { matmul, reshape, transpose, dot, add, sub, scale, constant } = build;
  const normals: Parameters<typeof stage.parameter>[3] = (random, _shape, out) => void random.normals(out);
  const theta = stage.parameter('generator', 'theta', [dimension], normals);
  const phi = stage.parameter('discriminator', 'phi', [dimension], normals);
  /** Evenly spaced, the largest first: the only one where there is one dimension. */
  const spread = (from: number, to: number) =>
    Array.from({ length: dimension }, (_, i) => to - ((to - from) * i) / Math.max(1, dimension - 1));
  const basis = (name: string) =>
    constant(orthogonal(instance, `quadratic.${name}`, dimension), [dimension, dimension]);
  const product = (left: ReturnType<typeof basis>, values: number[], right: ReturnType<typeof basis>) =>
    matmul(build.mul(left, constant(values, [1, dimension])), transpose(right));
  const a = basis('A');
  const c = basis('C');
  const times = (matrix: ReturnType<typeof basis>, x: typeof theta) =>
    reshape(matmul(matrix, reshape(x, [dimension, 1])), [dimension]);
  const curveA = dot(theta, times(product(a, spread(least, most), a), theta));
  const curveC = dot(phi, times(product(c, spread(least, most), c), phi));
  const mixed = dot(theta, times(product(basis('left'), spread(0, rotation), basis('right')), phi));
  return {
    losses: zeroSum(add(scale(sub(curveA, curveC), 0.5), mixed)),
    equilibria: [{ point: new Array<number>(2 * dimension).fill(0), label: 'equilibrium' }],
    lossesAtEquilibrium: [0, 0],
    picture: { kind: 'parameters' },
  };
}

/** A random orthogonal matrix [n, n]: normals, orthonormalised by rows, twice for rounding. */
export function orthogonal(seed: number, purpose: string, n: number): Float64Array {
  const rows = stream(seed, purpose).normals(new Float64Array(n * n));
  for (let v = 0; v < n; v++) {
    const row = rows.subarray(v * n, v * n + n);
    for (let pass = 0; pass < 2; pass++) {
      for (let u = 0; u < v; u++) {
        let along = 0;
        for (let i = 0; i < n; i++) along += rows[u * n + i] * row[i];
        for (let i = 0; i < n; i++) row[i] -= along * rows[u * n + i];
      }
      let length = 0;
      for (let i = 0; i < n; i++) length += row[i] * row[i];
      for (let i = 0; i < n; i++) row[i] /= Math.sqrt(length);
    }
  }
  return rows;
}
