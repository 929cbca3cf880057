/** The gradient penalty of WGAN-GP: slope one between real and generated samples. */
import { build } from '../../expr/index.ts';
import { group, number, pick } from '../../settings/index.ts';
import { definePenalty } from '../kinds.ts';
import { slopeLength, weight } from './slope.ts';

export const gradientPenalty = definePenalty({
  name: 'gradientPenalty',
  label: 'WGAN-GP',
  summary: 'Between real and generated samples, the slope is to have a target length.',
  source:
    'Gulrajani et al. 2017 (arXiv:1704.00028), equation 3; one-sided: its section 4; zero-centred: target 0',
  formula: 'λ E (‖∇D(x̂)‖ − 1)²,  x̂ on the line between a real and a generated sample',
  settings: group({
    weight: weight(10),
    target: number({ label: 'target slope', summary: 'The wanted length.', default: 1, min: 0, max: 10 }),
    sides: pick({
      label: 'sides',
      summary: 'Whether gentler slopes are penalised too.',
      default: 'two',
      options: { two: 'steeper and gentler', one: 'only steeper' },
    }),
  }),
  write(judged, { sides }, stage) {
    const { add, mul, sub, mean, square, relu } = build;
    const [count] = judged.real.shape;
    const share = stage.draw('mix', [count, 1], (streams, out) => void streams('mix').uniforms(out));
    const between = add(judged.fake, mul(share, sub(judged.real, judged.fake)));
    const excess = sub(slopeLength(judged, between), stage.dial('penalty.target'));
    const penalised = sides === 'one' ? relu(excess) : excess;
    return mul(mean(square(penalised)), stage.dial('penalty.weight'));
  },
});
