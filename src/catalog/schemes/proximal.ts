/** The proximal point method: an implicit step, the field read where the step ends. */
import { divide } from '../../math/complex.ts';
import { polynomial, product, scaled, sum } from '../../math/polynomial.ts';
import { norm, type Vector } from '../../math/vector.ts';
import { group, integer, number } from '../../settings/index.ts';
import { defineScheme } from '../kinds.ts';
import { late } from '../late.ts';

export const proximal = defineScheme({
  name: 'proximal',
  label: 'Proximal point',
  summary:
    'Steps by the field at the end of the step: stable wherever the flow is, at every rate. The yardstick.',
  source: 'Martinet 1970; Rockafellar 1976; for games: Mokhtari et al. 2020 (arXiv:1901.08511)',
  formula: 'w⁺ = w − η F(w⁺)',
  isLate: true,
  settings: group({
    newtonSteps: integer({
      label: 'Newton steps',
      summary: 'Most of them, to find the end of the step. One is exact on a linear game.',
      default: 5,
      min: 1,
      max: 50,
    }),
    iterations: integer({
      label: 'most iterations',
      summary: 'Of each Newton step’s solver.',
      default: 30,
      min: 1,
      max: 200,
    }),
    tolerance: number({
      label: 'tolerance',
      summary: 'Relative size of what is left of the equation.',
      default: 1e-10,
      min: 1e-14,
      max: 0.1,
      scale: 'log',
    }),
  }),
  init: () => ({}),
  step({ point, field, change, move, scratch, split, settings, rate }) {
    const here = field();
    const end = scratch(2);
    end.set(point);
    const gradient = scratch(0);
    const residual = scratch(3);
    here.at(end, gradient);
    const enough = settings.tolerance * norm(gradient);
    // Newton's method on w+ - w + R F(w+) = 0, written for d with w+ = w - R d: d = F(w - R d).
    const direction = scratch(4);
    direction.set(gradient);
    const rates = scratch(5);
    rates.fill(rate('generator'), 0, split).fill(rate('discriminator'), split);
    const scaled = scratch(6);
    for (let k = 0; k < settings.newtonSteps; k++) {
      for (let i = 0; i < end.length; i++) end[i] = point[i] - rates[i] * direction[i];
      here.at(end, gradient);
      for (let i = 0; i < end.length; i++) residual[i] = gradient[i] - direction[i];
      if (!(norm(residual) > enough)) break;
      const apply = (v: Vector, out: Vector) => {
        for (let i = 0; i < v.length; i++) scaled[i] = rates[i] * v[i];
        here.jvp(end, scaled, out);
        for (let i = 0; i < v.length; i++) out[i] += v[i];
      };
      const correction = late().gmres(apply, residual, settings.iterations, 1e-12).x;
      for (let i = 0; i < direction.length; i++) direction[i] += correction[i];
    }
    move(point, change(direction, scratch(1)));
  },
  // A plain step along lambda / (1 + eta lambda): z = 1 / (1 + eta lambda) for plain descent.
  characteristic({ pull, game, n, d }) {
    // Newton's method is given products with the game's own Jacobian: on a bent field it only comes close.
    if (pull !== game) return undefined;
    return sum(product(polynomial(-1, 1), d), scaled(divide(pull, [1 + pull[0], pull[1]]), n));
  },
});
