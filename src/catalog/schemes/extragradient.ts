/** A trial step to see where the field leads, then the real step with the field from there. */
import { type Complex, plus, times } from '../../math/complex.ts';
import { polynomial, product, scaled, sum } from '../../math/polynomial.ts';
import { group, number, pick, toggle } from '../../settings/index.ts';
import { defineScheme, type RuleMemories } from '../kinds.ts';

export const extragradient = defineScheme({
  name: 'extragradient',
  label: 'Extragradient',
  summary: 'Looks one step ahead and moves by the field found there: converges on rotations while η·|λ| < 1.',
  source:
    'Korpelevich 1976; for GANs: Gidel et al. 2019 (arXiv:1802.10551), equations 9 and 10; separate moments: code of Chavdarova et al. 2021',
  formula: 'w̃ = w − η F(w);  w ← w − η F(w̃)',
  settings: group({
    extrapolation: number({
      label: 'extrapolation length',
      summary: 'The length of the trial step, in units of the real one.',
      default: 1,
      min: 0,
      max: 10,
    }),
    sameBatch: toggle({
      label: 'same batch',
      summary: 'Read the field on the same batch twice, instead of on a fresh one.',
      default: false,
    }),
    moments: pick({
      label: 'moments',
      summary: 'Whether the trial step has its own, for rules that keep some.',
      default: 'shared',
      options: {
        shared: 'one set, moved on by both steps (Gidel’s ExtraAdam)',
        separate: 'the trial step has its own (Chavdarova’s ExtraAdam)',
      },
    }),
  }),
  init: (_size, _split, { moments }, rules): Record<string, RuleMemories> =>
    moments === 'separate' ? { trial: rules() } : {},
  step({ point, field, change, move, scratch, settings, memory }) {
    const here = field();
    const trial = scratch(2);
    trial.set(point);
    // Undefined where moments are shared: the run's own are moved on then.
    const own: RuleMemories | undefined = memory.trial;
    move(trial, change(here.at(point, scratch(0)), scratch(1), undefined, own), settings.extrapolation);
    const there = settings.sameBatch ? here : field();
    move(point, change(there.at(trial, scratch(0)), scratch(1)));
  },
  // z = 1 - eta lambda + eta^2 lambda^2 for plain descent and trial steps of length 1.
  characteristic({ pull, filter, n, d }, { extrapolation, moments }) {
    const square = times(pull, pull);
    if (moments === 'separate') {
      // (z - 1) w = -eta lambda h (1 - length eta lambda h) w
      return sum(
        product(polynomial(-1, 1), d, d),
        scaled(pull, product(n, d)),
        scaled([-extrapolation * square[0], -extrapolation * square[1]], product(n, n)),
      );
    }
    // Both readings move the memory u on: the 2 x 2 step of (w, eta u), by its trace and determinant.
    const { memory, now, past } = filter;
    const at = (constant: number, byPull: number, bySquare: number): Complex => [
      constant + byPull * pull[0] + bySquare * square[0],
      byPull * pull[1] + bySquare * square[1],
    ];
    const ww = at(1, -(now + past), extrapolation * now * now);
    if (memory === 0 && past === 0) return polynomial([-ww[0], -ww[1]], 1);
    const wu = at(-past * memory, extrapolation * now * past, 0);
    const uw = times(pull, at(1 + memory, -extrapolation * now, 0));
    const uu = at(memory * memory, -extrapolation * past, 0);
    const [re, im] = plus(times(ww, uu), times([-1, 0], times(wu, uw)));
    return polynomial([re, im], [-ww[0] - uu[0], -ww[1] - uu[1]], 1);
  },
});
