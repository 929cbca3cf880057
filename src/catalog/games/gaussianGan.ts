/** A GAN on a Gaussian whose discriminator is quadratic: locally stable, because its data have full support. */
import { build } from '../../expr/index.ts';
import { choice, group, number, numbers } from '../../settings/index.ts';
import { defineGame, type Loss } from '../kinds.ts';
import { losses } from '../losses/index.ts';

/** Points and weights of Gauss-Hermite quadrature for a standard normal, found by Newton's method. */
function quadrature(count: number): { points: number[]; weights: number[] } {
  const points: number[] = [];
  const weights: number[] = [];
  // Hermite functions h_n (orthonormal under the normal density): h_n+1 = (x h_n - sqrt(n) h_n-1) / sqrt(n+1).
  const evaluate = (x: number) => {
    let before = 0;
    let now = 1;
    for (let n = 0; n < count; n++) {
      const next = (x * now - Math.sqrt(n) * before) / Math.sqrt(n + 1);
      before = now;
      now = next;
    }
    return { value: now, slope: Math.sqrt(count) * before, before };
  };
  // Roots lie between those found by scanning for changes of sign.
  const reach = 2 * Math.sqrt(count) + 1;
  const steps = 400 * count;
  let last = evaluate(-reach).value;
  for (let i = 1; i <= steps; i++) {
    const x = -reach + (2 * reach * i) / steps;
    const { value } = evaluate(x);
    if (last !== 0 && Math.sign(value) !== Math.sign(last)) {
      let root = x - reach / steps;
      for (let k = 0; k < 50; k++) {
        const at = evaluate(root);
        root -= at.value / at.slope;
      }
      const { before } = evaluate(root);
      points.push(root);
      weights.push(1 / (count * before * before));
    }
    last = value;
  }
  return { points, weights };
}

/** Enough for expectations of softplus(quadratic) near the equilibrium to about 1e-8. */
const POINTS = 41;

export const gaussianGan = defineGame({
  name: 'gaussianGan',
  label: 'Gaussian GAN',
  summary:
    'G(z) = μ + s z against D(x) = φ·(x², x, 1), expectations exact: locally stable where the Dirac-GAN is not.',
  source:
    'Nagarajan & Kolter 2017 (arXiv:1706.04156), section 3.1 in spirit; expectations by Gauss–Hermite quadrature',
  formula: 'real data N(μ*, s*²), G(z) = μ + s z, D(x) = φ₁x² + φ₂x + φ₃',
  settings: group({
    mean: number({ label: 'mean μ*', summary: 'Of the data.', default: 0, min: -5, max: 5, live: false }),
    deviation: number({
      label: 'deviation s*',
      summary: 'Of the data.',
      default: 1,
      min: 0.1,
      max: 5,
      live: false,
    }),
    loss: choice({
      label: 'loss',
      summary: 'What each player minimises.',
      entries: losses,
      default: 'minimax',
    }),
    start: numbers({
      label: 'start (μ, s, φ₁, φ₂, φ₃)',
      summary: 'Where the run begins.',
      default: [0.5, 0.5, 0, 0, 0],
      min: -100,
      max: 100,
      live: false,
    }),
  }),
  write(stage, { mean: centre, deviation, loss, start }) {
    const { add, mul, reshape, slice, constant, square, matmul, concat } = build;
    const fill = (from: number, count: number) => (_stream: unknown, _shape: unknown, out: Float64Array) =>
      out.set(start.slice(from, from + count));
    const theta = stage.parameter('generator', 'theta', [2], fill(0, 2));
    const phi = stage.parameter('discriminator', 'phi', [3], fill(2, 3));
    const { points, weights } = quadrature(POINTS);
    const count = points.length;
    const z = constant(points, [count]);
    const at = (i: number) => slice(theta, [i], [1]);
    const score = (x: typeof z) => {
      const column = reshape(x, [count, 1]);
      const features = concat([square(column), column, constant(1, [count, 1])], 1);
      return reshape(matmul(features, reshape(phi, [3, 1])), [count]);
    };
    const real = score(add(constant(centre), mul(z, constant(deviation))));
    const fake = score(add(at(0), mul(z, at(1))));
    const chosen = losses.find((entry) => entry.name === loss.kind) as unknown as Loss;
    return {
      losses: chosen.write(
        { real, fake, mean: (x) => build.dot(x, constant(weights, [count])) },
        loss,
        stage,
      ),
      equilibria: [{ point: [centre, deviation, 0, 0, 0], label: 'equilibrium' }],
      lossesAtEquilibrium: chosen.atEquilibrium(loss),
      picture: { kind: 'parameters' },
    };
  },
});
