/** A game whose methods are all caught by a limit cycle. */
import { build, type Expr } from '../../expr/index.ts';
import { group } from '../../settings/index.ts';
import { defineGame } from '../kinds.ts';
import { coordinates, startSetting, zeroSum } from './plane.ts';

/** z^2/4 - z^4/2 + z^6/6 */
function well(z: Expr): Expr {
  const { add, sub, mul, square, scale } = build;
  const q = square(z);
  return add(sub(scale(q, 1 / 4), scale(square(q), 1 / 2)), scale(mul(q, square(q)), 1 / 6));
}

export const forsaken = defineGame({
  name: 'forsaken',
  label: 'Forsaken',
  summary: 'A stable equilibrium behind an unstable cycle: from (½, ½) most methods end on the outer cycle.',
  source: 'Hsieh et al. 2021 (arXiv:2006.09065), section 5; constants as in the code of Pethick et al. 2022',
  formula: 'V(θ, φ) = θ (φ − 0.45) + f(θ) − f(φ),  f(z) = z²/4 − z⁴/2 + z⁶/6',
  settings: group({ start: startSetting([0.5, 0.5]) }),
  write(stage, { start }) {
    const { theta, phi } = coordinates(stage, start);
    const { add, sub, mul, constant } = build;
    const value = sub(add(mul(theta, sub(phi, constant(0.45))), well(theta)), well(phi));
    return {
      losses: zeroSum(value),
      equilibria: [{ point: [0.07802666873846006, 0.4119338513658199], label: 'equilibrium' }],
      picture: { kind: 'plane', extent: 2 },
    };
  },
});
