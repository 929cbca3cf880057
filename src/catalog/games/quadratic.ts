/** A rotation with attraction: V = s (theta^2 - phi^2) / 2 + a theta phi. */
import { build } from '../../expr/index.ts';
import { group, number } from '../../settings/index.ts';
import { defineGame } from '../kinds.ts';
import { coordinates, startSetting, zeroSum } from './plane.ts';

export const quadratic = defineGame({
  name: 'quadratic',
  label: 'Quadratic with rotation',
  summary: 'Attraction s and rotation a: the rate must shrink with the square of a / s.',
  source: 'Mescheder et al. 2017 (arXiv:1705.10461), lemma 4',
  formula: 'V(θ, φ) = s (θ² − φ²) / 2 + a θ φ',
  settings: group({
    attraction: number({
      label: 'attraction s',
      summary: 'The real part of both eigenvalues; below 0 the origin repels.',
      default: 0.2,
      min: -5,
      max: 5,
    }),
    rotation: number({
      label: 'rotation a',
      summary: 'The imaginary part of the eigenvalues s ± i a.',
      default: 1,
      min: -5,
      max: 5,
    }),
    start: startSetting([1, 1]),
  }),
  write(stage, { start }) {
    const { theta, phi } = coordinates(stage, start);
    const { mul, add, sub, square, scale } = build;
    const pull = mul(stage.dial('attraction'), scale(sub(square(theta), square(phi)), 0.5));
    return {
      losses: zeroSum(add(pull, mul(stage.dial('rotation'), mul(theta, phi)))),
      equilibria: [{ point: [0, 0], label: 'equilibrium' }],
      lossesAtEquilibrium: [0, 0],
      picture: { kind: 'plane', extent: 2 },
    };
  },
});
