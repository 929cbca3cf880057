/** The field read at randomly shifted parameters: what small wiggles of the loss cannot fool. */
import { group, integer, number } from '../../settings/index.ts';
import { defineAdjustment } from '../kinds.ts';

export const smoothOut = defineAdjustment({
  name: 'smoothOut',
  label: 'SmoothOut',
  summary: 'Reads the field at parameters shifted by uniform noise, and steps from where they are.',
  source:
    'Wen et al. 2018 (arXiv:1805.07898), algorithm 1; averaged over several shifts: Haruki et al. 2019 (arXiv:1907.02620)',
  formula: 'F(w + u),  u uniform on [−a, a]',
  settings: group({
    amplitude: number({
      label: 'amplitude a',
      summary: 'The largest shift of a parameter.',
      default: 0.05,
      min: 0,
      max: 10,
      scale: 'log',
      zero: true,
    }),
    count: integer({ label: 'shifts', summary: 'Readings that are averaged.', default: 1, min: 1, max: 32 }),
  }),
  // A shift moves a linear field by a constant.
  eigenvalue: (lambda) => lambda,
  init: () => ({}),
  at({ field, point, settings, scratch, streams }, out) {
    const { amplitude, count } = settings;
    const shifted = scratch(0);
    const reading = scratch(1);
    out.fill(0);
    for (let k = 0; k < count; k++) {
      streams(`shift ${k}`).uniforms(shifted);
      for (let i = 0; i < shifted.length; i++) shifted[i] = point[i] + amplitude * (2 * shifted[i] - 1);
      field.at(shifted, reading);
      for (let i = 0; i < out.length; i++) out[i] += reading[i] / count;
    }
  },
});
