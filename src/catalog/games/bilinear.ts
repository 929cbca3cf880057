/** The purest rotation: V = a theta phi. */
import { build } from '../../expr/index.ts';
import { group, number } from '../../settings/index.ts';
import { defineGame } from '../kinds.ts';
import { coordinates, startSetting, zeroSum } from './plane.ts';

export const bilinear = defineGame({
  name: 'bilinear',
  label: 'Bilinear',
  summary: 'Pure rotation about the origin: simultaneous descent spirals out, alternating circles.',
  source:
    'the linear WGAN of Daskalakis et al. 2018 (arXiv:1711.00141); Gidel et al. 2019 (arXiv:1802.10551)',
  formula: 'V(θ, φ) = a θ φ',
  settings: group({
    strength: number({
      label: 'strength a',
      summary: 'The speed of the rotation: the Jacobian’s eigenvalues are ±i a.',
      default: 1,
      min: 0.01,
      max: 10,
      scale: 'log',
    }),
    start: startSetting([1, 1]),
  }),
  write(stage, { start }) {
    const { theta, phi } = coordinates(stage, start);
    const value = build.mul(stage.dial('strength'), build.mul(theta, phi));
    return {
      losses: zeroSum(value),
      equilibria: [{ point: [0, 0], label: 'centre' }],
      lossesAtEquilibrium: [0, 0],
      picture: { kind: 'plane', extent: 2 },
    };
  },
});
