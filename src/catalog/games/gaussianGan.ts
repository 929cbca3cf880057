/** A GAN on a Gaussian whose discriminator is quadratic: locally stable, because its data have full support. */
import { build, type Expr } from '../../expr/index.ts';
import { choice, group, number, numbers } from '../../settings/index.ts';
import { defineGame, type Loss } from '../kinds.ts';
import { losses } from '../losses/index.ts';
import { quadrature } from './quadrature.ts';

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
    const nodes = quadrature(POINTS);
    // Where a loss compares samples in pairs, its expectation is over all pairs of a real and a generated one.
    const inPairs = loss.kind === 'relativistic' && !loss.average;
    const { real: realNodes, fake: fakeNodes, weights } = inPairs ? pairsOf(nodes) : alone(nodes);
    const count = weights.length;
    const at = (i: number) => slice(theta, [i], [1]);
    const score = (x: Expr) => {
      const column = reshape(x, [count, 1]);
      const features = concat([square(column), column, constant(1, [count, 1])], 1);
      return reshape(matmul(features, reshape(phi, [3, 1])), [count]);
    };
    const real = score(
      constant(
        realNodes.map((z) => centre + deviation * z),
        [count],
      ),
    );
    const fake = score(add(at(0), mul(constant(fakeNodes, [count]), at(1))));
    const chosen = losses.find((entry) => entry.name === loss.kind) as unknown as Loss;
    return {
      losses: chosen.write(
        { real, fake, mean: (x) => build.dot(x, constant(weights, [count])) },
        loss,
        stage,
      ),
      equilibria: [{ point: [centre, deviation, 0, 0, chosen.level?.(loss) ?? 0], label: 'equilibrium' }],
      lossesAtEquilibrium: chosen.atEquilibrium(loss),
      picture: { kind: 'parameters' },
    };
  },
});

type Nodes = ReturnType<typeof quadrature>;

const alone = ({ points, weights }: Nodes) => ({ real: points, fake: points, weights });

/** Every node of the data with every node of the noise. */
const pairsOf = ({ points, weights }: Nodes) => ({
  real: points.flatMap((point) => points.map(() => point)),
  fake: points.flatMap(() => points),
  weights: weights.flatMap((weight) => weights.map((other) => weight * other)),
});
