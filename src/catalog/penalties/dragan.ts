/** DRAGAN: slope one around the data. Its three published definitions are three different penalties. */
import { build } from '../../expr/index.ts';
import { group, number, pick } from '../../settings/index.ts';
import { definePenalty } from '../kinds.ts';
import { slopeLength, squaredSlope, weight } from './slope.ts';

export const dragan = definePenalty({
  name: 'dragan',
  label: 'DRAGAN',
  summary: 'Around real samples, the slope is to have a target length.',
  source:
    'Kodali et al. 2017 (arXiv:1705.07215), equation 3, and its released notebook; the form on lecture slides',
  formula: 'λ E (‖∇D(x + δ)‖ − k)²',
  settings: group({
    weight: weight(10),
    target: number({ label: 'target slope k', summary: 'The wanted length.', default: 1, min: 0, max: 10 }),
    reach: number({
      label: 'reach c',
      summary:
        'How far δ goes: its variance in the paper’s form, a share of the batch’s deviation in the notebook’s.',
      default: 0.5,
      min: 0,
      max: 100,
      scale: 'log',
      zero: true,
    }),
    form: pick({
      label: 'form',
      summary: 'Which definition.',
      default: 'notebook',
      options: {
        notebook: 'δ = α c std(batch) u, α and u uniform on [0, 1] (as released)',
        symmetric: 'the same, with u uniform on [−1, 1]',
        paper: 'δ normal with variance c',
        slides: 'δ normal with variance c, and max(0, ‖∇D‖² − k) instead of the square',
      },
    }),
  }),
  write(judged, { form }, stage) {
    const { add, sub, mul, mean, square, relu, sqrt } = build;
    const shape = judged.real.shape;
    const normal = form === 'paper' || form === 'slides';
    const noise = stage.draw('perturbation', shape, (streams, out) => {
      if (normal) streams('perturbation').normals(out);
      else streams('perturbation').uniforms(out);
      if (form === 'symmetric') for (let i = 0; i < out.length; i++) out[i] = 2 * out[i] - 1;
    });
    const reach = stage.dial('penalty.reach');
    let shift = mul(noise, sqrt(reach));
    if (!normal) {
      const share = stage.draw('share', [shape[0], 1], (streams, out) => void streams('share').uniforms(out));
      const deviation = sqrt(mean(square(sub(judged.real, mean(judged.real)))));
      shift = mul(mul(noise, share), mul(reach, deviation));
    }
    const around = add(judged.real, shift);
    const target = stage.dial('penalty.target');
    const term =
      form === 'slides'
        ? relu(sub(squaredSlope(judged, around), target))
        : square(sub(slopeLength(judged, around), target));
    return mul(mean(term), stage.dial('penalty.weight'));
  },
});
