/** The smallest GAN: real data at 0, generated data at theta, a linear discriminator phi x. */
import { build, type Expr } from '../../expr/index.ts';
import { choice, group, number } from '../../settings/index.ts';
import { defineGame, type Judged, type Loss, type Penalty } from '../kinds.ts';
import { losses } from '../losses/index.ts';
import { penalties } from '../penalties/index.ts';
import { coordinates, startSetting } from './plane.ts';
import { quadrature } from './quadrature.ts';

export const dirac = defineGame({
  name: 'dirac',
  label: 'Dirac-GAN',
  summary:
    'One real point, one generated point, a linear discriminator: at its equilibrium the field only rotates.',
  source:
    'Mescheder et al. 2018 (arXiv:1801.04406), definition 2.1; logits high for real, so φ = −ψ of the paper',
  formula: 'real data at 0, generated data at θ, D(x) = φ x',
  settings: group({
    loss: choice({
      label: 'loss',
      summary: 'What each player minimises.',
      entries: losses,
      default: 'minimax',
    }),
    penalty: choice({
      label: 'penalty',
      summary: 'What keeps the discriminator’s slope in bounds; its slope is φ everywhere.',
      entries: penalties,
      default: 'none',
      live: true,
    }),
    instanceNoise: number({
      label: 'instance noise σ',
      summary: 'Standard deviation of noise on both points, its expectation exact.',
      default: 0,
      min: 0,
      max: 10,
      scale: 'log',
      zero: true,
    }),
    start: startSetting([1, -1]),
  }),
  write(stage, { start, loss, penalty, instanceNoise }) {
    const { theta, phi } = coordinates(stage, start);
    const { add, mul, reshape, constant, dot } = build;
    const chosen = losses.find((entry) => entry.name === loss.kind) as unknown as Loss;
    const { points, weights } = instanceNoise > 0 ? quadrature(POINTS) : { points: [0], weights: [1] };
    const count = points.length;
    const noise = constant(
      points.map((z) => instanceNoise * z),
      [count],
    );
    const score = (x: Expr) => mul(phi, x);
    const own = chosen.write(
      {
        real: score(noise),
        fake: score(add(theta, noise)),
        mean: (x) => dot(x, constant(weights, [count])),
      },
      loss,
      stage,
    );
    const isBare = penalty.kind === 'none';
    /** What the penalty adds; the real point is an input, as a slope is taken there. */
    function penalised(): Expr {
      const regular = penalties.find((entry) => entry.name === penalty.kind) as unknown as Penalty;
      const judged: Judged = {
        real: stage.draw('real', [1, 1], (_streams, out) => void out.fill(0)),
        fake: reshape(theta, [1, 1]),
        score: (x) => reshape(score(x), [1]),
      };
      return regular.write(judged, penalty, stage);
    }
    return {
      losses: isBare ? own : [own[0], add(own[1], penalised())],
      equilibria: [{ point: [0, 0], label: 'equilibrium' }],
      // The real point's score is 0, whatever the discriminator would like best.
      lossesAtEquilibrium:
        isBare && (chosen.level?.(loss) ?? 0) === 0 ? chosen.atEquilibrium(loss) : undefined,
      picture: { kind: 'plane', extent: 2 },
    };
  },
});

/** Enough for expectations of softplus to about 1e-10 where |phi| times the noise is below 2. */
const POINTS = 41;
