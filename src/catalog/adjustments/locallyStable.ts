/** The locally stable regulariser: the generator also shortens the discriminator's gradient. */
import { half } from '../../math/field.ts';
import { group, number } from '../../settings/index.ts';
import { defineAdjustment } from '../kinds.ts';

export const locallyStable = defineAdjustment({
  name: 'locallyStable',
  label: 'Locally stable regulariser',
  summary: 'The generator also descends η ‖g_φ‖²: one step of foresight into the discriminator’s answer.',
  source: 'Nagarajan & Kolter 2017 (arXiv:1706.04156), equation 5',
  formula: '(g_θ + η ∇_θ ‖g_φ‖², g_φ)',
  needs: ['bothLearn'],
  settings: group({
    weight: number({
      label: 'weight η',
      summary: 'Of the squared length of the discriminator’s gradient (no ½).',
      default: 0.5,
      min: 0,
      max: 100,
      scale: 'log',
      zero: true,
    }),
  }),
  init: () => ({}),
  at({ field, point, settings, split, scratch }, out) {
    field.at(point, out);
    const discriminatorOnly = scratch(0);
    const product = scratch(1);
    discriminatorOnly.fill(0);
    discriminatorOnly.set(half(out, split, 'discriminator'), split);
    field.vjp(point, discriminatorOnly, product); // ∇ ½‖g_φ‖²
    for (let i = 0; i < split; i++) out[i] += 2 * settings.weight * product[i];
  },
});
