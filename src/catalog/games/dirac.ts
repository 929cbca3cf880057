/** The smallest GAN: real data at 0, generated data at theta, a linear discriminator phi x. */
import { build } from '../../expr/index.ts';
import { choice, group } from '../../settings/index.ts';
import { defineGame, type Loss } from '../kinds.ts';
import { losses } from '../losses/index.ts';
import { coordinates, startSetting } from './plane.ts';

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
    start: startSetting([1, -1]),
  }),
  write(stage, { start, loss }) {
    const { theta, phi } = coordinates(stage, start);
    const chosen = losses.find((entry) => entry.name === loss.kind) as Loss;
    const asBatch = (logit: typeof theta) => build.reshape(logit, [1]);
    return {
      losses: chosen.write({ real: build.constant(0, [1]), fake: asBatch(build.mul(phi, theta)) }, loss),
      equilibria: [{ point: [0, 0], label: 'equilibrium' }],
      lossesAtEquilibrium: chosen.atEquilibrium,
      picture: { kind: 'plane', extent: 2 },
    };
  },
});
