/** Linear and quadratic games of more dimensions, with prescribed spectra: the linear WGAN and random games. */
import { build } from '../../expr/index.ts';
import { stream } from '../../math/random.ts';
import { group, integer, number, numbers } from '../../settings/index.ts';
import { defineGame } from '../kinds.ts';
import { zeroSum } from './plane.ts';

export const linearWgan = defineGame({
  name: 'linearWgan',
  label: 'Linear WGAN',
  summary:
    'A generator of one point against a linear critic: several rotations at once, about the data’s mean.',
  source: 'Daskalakis et al. 2018 (arXiv:1711.00141), section 2 and its notebook',
  formula: 'V(θ, w) = ⟨w, v − θ⟩',
  settings: group({
    target: numbers({
      label: 'data mean v',
      summary: 'What the generator is to reach.',
      default: [3, 4],
      min: -100,
      max: 100,
      length: [1, 20],
      live: false,
    }),
    startGenerator: number({
      label: 'start θ',
      summary: 'Of each coordinate.',
      default: 1.7,
      min: -100,
      max: 100,
      live: false,
    }),
    startCritic: number({
      label: 'start w',
      summary: 'Of each coordinate.',
      default: 1.4,
      min: -100,
      max: 100,
      live: false,
    }),
  }),
  write(stage, { target, startGenerator, startCritic }) {
    const fill = (value: number) => (_stream: unknown, _shape: unknown, out: Float64Array) => out.fill(value);
    const size = target.length;
    const theta = stage.parameter('generator', 'theta', [size], fill(startGenerator));
    const critic = stage.parameter('discriminator', 'w', [size], fill(startCritic));
    return {
      losses: zeroSum(build.dot(critic, build.sub(build.constant(target, [size]), theta))),
      equilibria: [{ point: [...target, ...target.map(() => 0)], label: 'equilibrium' }],
      lossesAtEquilibrium: [0, 0],
      picture: { kind: 'parameters' },
    };
  },
});

export const shiftedBilinear = defineGame({
  name: 'shiftedBilinear',
  label: 'Bilinear, many dimensions',
  summary: 'One rotation for each singular value of M, fast ones and slow ones, about a point of its own.',
  source: 'Gidel et al. 2019 (arXiv:1802.10551), section 2; Daskalakis et al. 2018 (arXiv:1711.00141)',
  formula: 'V(θ, φ) = θ′Mφ + θ′b + c′φ',
  settings: group({
    singularValues: numbers({
      label: 'singular values σ of M',
      summary: 'The Jacobian’s eigenvalues are ±i σ.',
      default: [1, 0.5, 0.25],
      min: 0.001,
      max: 10,
      length: [1, 50],
      live: false,
    }),
    shift: number({
      label: 'shift',
      summary: 'Standard deviation of the equilibrium’s coordinates; 0 puts it at the origin.',
      default: 1,
      min: 0,
      max: 100,
      scale: 'log',
      zero: true,
      live: false,
    }),
    instance: integer({
      label: 'instance',
      summary: 'Which random matrix and equilibrium.',
      default: 0,
      min: 0,
      max: 1_000_000,
      live: false,
    }),
  }),
  write(stage, { singularValues, shift, instance }) {
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
  },
});

export const randomQuadratic = defineGame({
  name: 'randomQuadratic',
  label: 'Random quadratic',
  summary:
    'Many dimensions with curvatures between μ and L and rotations up to σ: a spectrum to one’s measure.',
  source: 'the quadratic games of Azizian et al. 2020 (arXiv:1906.05945), section 5',
  formula: 'V(θ, φ) = ½θ′Aθ + θ′Bφ − ½φ′Cφ',
  settings: group({
    dimension: integer({
      label: 'dimension',
      summary: 'Parameters of each player.',
      default: 10,
      min: 1,
      max: 200,
      scale: 'log',
      live: false,
    }),
    least: number({
      label: 'least curvature μ',
      summary: 'Of both players.',
      default: 0.1,
      min: 0,
      max: 10,
      live: false,
    }),
    most: number({
      label: 'most curvature L',
      summary: 'Of both players.',
      default: 1,
      min: 0,
      max: 10,
      live: false,
    }),
    rotation: number({
      label: 'rotation σ',
      summary: 'The largest singular value of B.',
      default: 1,
      min: 0,
      max: 10,
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
  write(stage, { dimension, least, most, rotation, instance }) {
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
  },
});

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
