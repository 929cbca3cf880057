/** R1 and R2: the discriminator's slope is to vanish on the data, or on the generated samples. */
import { build } from '../../expr/index.ts';
import { group, pick } from '../../settings/index.ts';
import { definePenalty } from '../kinds.ts';
import { squaredSlope, weight } from './slope.ts';

export const zeroCentred = definePenalty({
  name: 'zeroCentred',
  label: 'R1 / R2',
  summary:
    'The slope is to vanish at real samples (R1), generated ones (R2) or both. Makes unregularised GANs converge.',
  source:
    'Mescheder et al. 2018 (arXiv:1801.04406), equations 9 and 10; its code has no ½, so 10 there is 20 here',
  formula: 'γ/2 · E ‖∇D(x)‖²',
  settings: group({
    weight: weight(10, 'γ: of half the squared slope.'),
    where: pick({
      label: 'where',
      summary: 'At which samples the slope is penalised.',
      default: 'real',
      options: { real: 'at real samples: R1', fake: 'at generated samples: R2', both: 'at both' },
    }),
  }),
  write(judged, { where }, stage) {
    const { add, mean, mul, scale } = build;
    const on = (positions: typeof judged.real) => mean(squaredSlope(judged, positions));
    const total =
      where === 'both'
        ? add(on(judged.real), on(judged.fake))
        : on(where === 'real' ? judged.real : judged.fake);
    return mul(scale(total, 0.5), stage.dial('penalty.weight'));
  },
});
