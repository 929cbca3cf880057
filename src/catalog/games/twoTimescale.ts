/** A saddle whose two directions want very different rates. */
import { build } from '../../expr/index.ts';
import { group, number } from '../../settings/index.ts';
import { defineGame } from '../kinds.ts';
import { coordinates, startSetting, zeroSum } from './plane.ts';

export const twoTimescale = defineGame({
  name: 'twoTimescale',
  label: 'Two time scales',
  summary:
    'A steep and a shallow direction, with noise on both gradients: equal rates are too large for one.',
  source: 'Heusel et al. 2017 (arXiv:1706.08500), appendix A3',
  formula: 'V(θ, φ) = (1 + θ²)(100 − φ²)',
  settings: group({
    noise: number({
      label: 'noise',
      summary: 'Standard deviation of what is added to each gradient.',
      default: 1,
      min: 0,
      max: 10,
      scale: 'log',
      zero: true,
    }),
    start: startSetting([0.5, -0.4]),
  }),
  write(stage, { start }) {
    const { theta, phi } = coordinates(stage, start);
    const { add, sub, mul, square, constant, reshape, slice } = build;
    const noise = stage.draw(
      'noise',
      [2],
      (streams, out) => void streams('noise').normals(out),
      (out) => out.fill(0), // the mean of all noise is none
    );
    const pushed = mul(noise, stage.dial('noise'));
    const push = (at: number, x: typeof theta) => mul(reshape(slice(pushed, [at], [1]), []), x);
    const value = mul(add(constant(1), square(theta)), sub(constant(100), square(phi)));
    const [generator, discriminator] = zeroSum(value);
    return {
      losses: [add(generator, push(0, theta)), add(discriminator, push(1, phi))],
      equilibria: [{ point: [0, 0], label: 'equilibrium' }],
      picture: { kind: 'plane', extent: 1 },
    };
  },
});
