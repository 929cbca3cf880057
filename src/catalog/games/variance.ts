/** The linear GAN that learns a variance. */
import { build } from '../../expr/index.ts';
import { group, number } from '../../settings/index.ts';
import { defineGame } from '../kinds.ts';
import { coordinates, startSetting, zeroSum } from './plane.ts';

export const variance = defineGame({
  name: 'variance',
  label: 'Learning a variance',
  summary: 'The generator’s deviation against a critic of squares: rotations about two equilibria, ±s.',
  source: 'the covariance game of Daskalakis et al. 2018 (arXiv:1711.00141), section 5, in one dimension',
  formula: 'V(θ, φ) = φ (s² − θ²)',
  settings: group({
    deviation: number({
      label: 'deviation s',
      summary: 'Of the data.',
      default: 1,
      min: 0.1,
      max: 10,
      live: false,
    }),
    start: startSetting([0.5, 0.3]),
  }),
  write(stage, { start, deviation: s }) {
    const { theta, phi } = coordinates(stage, start);
    const { sub, mul, square, constant } = build;
    return {
      losses: zeroSum(mul(phi, sub(constant(s * s), square(theta)))),
      equilibria: [
        { point: [s, 0], label: 'equilibrium' },
        { point: [-s, 0], label: 'equilibrium' },
      ],
      lossesAtEquilibrium: [0, 0],
      picture: { kind: 'plane', extent: 2 * s },
    };
  },
});
