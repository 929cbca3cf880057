/** A rotation with an unstable centre and a limit cycle about it. */
import { build } from '../../expr/index.ts';
import { group, number } from '../../settings/index.ts';
import { defineGame } from '../kinds.ts';
import { coordinates, startSetting, zeroSum } from './plane.ts';

export const almostBilinear = defineGame({
  name: 'almostBilinear',
  label: 'Almost bilinear',
  summary:
    'The origin repels weakly and a cycle of radius 2/√3 attracts; large extragradient steps hide that.',
  source: 'Hsieh et al. 2021 (arXiv:2006.09065), example 5.2',
  formula: 'V(θ, φ) = θ φ + ε (φ²/2 − φ⁴/4)',
  settings: group({
    epsilon: number({
      label: 'ε',
      summary: 'How strongly the origin repels; the cycle’s radius tends to 2/√3 as it vanishes.',
      default: 0.1,
      min: 0,
      max: 2,
      scale: 'log',
      zero: true,
    }),
    start: startSetting([0.3, 0.3]),
  }),
  write(stage, { start }) {
    const { theta, phi } = coordinates(stage, start);
    const { add, sub, mul, square, scale } = build;
    const q = square(phi);
    const bump = sub(scale(q, 1 / 2), scale(square(q), 1 / 4));
    return {
      losses: zeroSum(add(mul(theta, phi), mul(stage.dial('epsilon'), bump))),
      equilibria: [{ point: [0, 0], label: 'unstable point' }],
      picture: { kind: 'plane', extent: 2 },
    };
  },
});
