/** Newton-like directions: a function of the Jacobian applied to the field. */
import { type Complex, divide, plus, times } from '../../math/complex.ts';
import { group, integer, number, pick } from '../../settings/index.ts';
import { defineAdjustment } from '../kinds.ts';
import { late } from '../late.ts';

export const newton = defineAdjustment({
  name: 'newton',
  label: 'Newton-like',
  summary: 'Follows p(J)F: damped Newton, its truncated series, or the best step in a Krylov space.',
  source:
    'damped Newton: implicit step; series: Neumann; Krylov: Vinyals & Povey 2012 (arXiv:1111.4259); GMRES: Saad & Schultz 1986',
  formula: '(I + γJ)⁻¹F,   Σ (−γJ)ᵐF for m < M,   or argmin ‖F − J d‖ over span{F, JF, …}',
  isLate: true,
  settings: group({
    family: pick({
      label: 'family',
      summary: 'Which function of the Jacobian.',
      default: 'damped',
      options: {
        damped: '(I + γJ)⁻¹F, solved by GMRES',
        neumann: 'the first M terms of its series: 1 is the plain field, 2 is like extragradient',
        krylov: 'the Newton step as well as M products can tell; goes to any stationary point',
      },
    }),
    damping: number({
      label: 'γ',
      summary: 'Of the damped step and of its series.',
      default: 0.5,
      min: 0,
      max: 100,
      scale: 'log',
      zero: true,
    }),
    order: integer({
      label: 'order M',
      summary: 'Terms of the series, or dimensions of the Krylov space.',
      default: 2,
      min: 1,
      max: 50,
    }),
    iterations: integer({
      label: 'most iterations',
      summary: 'Of the damped step’s solver.',
      default: 30,
      min: 1,
      max: 200,
    }),
  }),
  eigenvalue(lambda, { family, damping, order }) {
    const [re, im] = lambda;
    if (family === 'damped') return divide(lambda, [1 + damping * re, damping * im]);
    if (family === 'krylov') return undefined;
    let series: Complex = [1, 0];
    for (let m = 1; m < order; m++) series = plus([1, 0], times([-damping * re, -damping * im], series));
    return times(lambda, series);
  },
  init: () => ({}),
  at: (look, out) => late().adjustByNewton(look, out),
});
