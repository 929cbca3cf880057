/** A trial step to see where the field leads, then the real step with the field from there. */
import { addScaled } from '../../math/vector.ts';
import { group, number, toggle } from '../../settings/index.ts';
import { defineScheme } from '../kinds.ts';

export const extragradient = defineScheme({
  name: 'extragradient',
  label: 'Extragradient',
  summary: 'Looks one step ahead and moves by the field found there: converges on rotations while η·|λ| < 1.',
  source: 'Korpelevich 1976; for GANs: Gidel et al. 2019 (arXiv:1802.10551), equations 9 and 10',
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
  }),
  init: () => ({}),
  step({ point, field, change, scratch, settings }) {
    const here = field();
    const trial = scratch(2);
    trial.set(point);
    addScaled(trial, change(here.at(point, scratch(0)), scratch(1)), settings.extrapolation);
    const there = settings.sameBatch ? here : field();
    addScaled(point, change(there.at(trial, scratch(0)), scratch(1)), 1);
  },
});
