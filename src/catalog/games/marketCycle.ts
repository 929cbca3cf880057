/** Games in which every reasonable method must cycle. */
import { build } from '../../expr/index.ts';
import { group, pick } from '../../settings/index.ts';
import { defineGame } from '../kinds.ts';
import { coordinates, startSetting, zeroSum } from './plane.ts';

export const marketCycle = defineGame({
  name: 'marketCycle',
  label: 'No way to settle',
  summary: 'The only stationary point is a strict maximum for both players: a method that settles is wrong.',
  source: 'Letcher 2021 (arXiv:2005.12649), the market game of its section 4 and its zero-sum variant',
  formula: 'L_G = θ⁶/6 − θ²/2 + θφ + h,  L_D = φ⁶/6 − φ²/2 − θφ − h,  h = ¼ (φ⁴/(1+θ²) − θ⁴/(1+φ²))',
  settings: group({
    variant: pick({
      label: 'variant',
      summary: 'Which of both games.',
      default: 'market',
      options: {
        market: 'the market game, general-sum',
        zeroSum: 'V = θφ − θ²/2 + φ²/2 + θ⁴/4 − φ⁴/4',
      },
    }),
    start: startSetting([0.5, 0.5]),
  }),
  write(stage, { start, variant }) {
    const { theta: x, phi: y } = coordinates(stage, start);
    const { add, sub, mul, div, square, scale, constant } = build;
    const xy = mul(x, y);
    const x2 = square(x);
    const y2 = square(y);
    const x4 = square(x2);
    const y4 = square(y2);
    const rest = {
      equilibria: [{ point: [0, 0], label: 'strict maximum' }],
      picture: { kind: 'plane', extent: 2 },
    } as const;
    if (variant === 'zeroSum') {
      const value = add(sub(xy, scale(sub(x2, y2), 0.5)), scale(sub(x4, y4), 0.25));
      return { losses: zeroSum(value), ...rest };
    }
    const one = constant(1);
    const h = scale(sub(div(y4, add(one, x2)), div(x4, add(one, y2))), 0.25);
    const own = (square1: typeof x, fourth: typeof x) =>
      sub(scale(mul(square1, fourth), 1 / 6), scale(square1, 0.5));
    return {
      losses: [add(add(own(x2, x4), xy), h), sub(sub(own(y2, y4), xy), h)],
      ...rest,
    };
  },
});
