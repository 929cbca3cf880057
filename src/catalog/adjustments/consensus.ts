/** Consensus optimization: both players also descend half the squared length of the joint gradient. */
import { half } from '../../math/field.ts';
import { dot } from '../../math/vector.ts';
import { choice, group, number, pick } from '../../settings/index.ts';
import { defineAdjustment } from '../kinds.ts';

const weight = (summary: string, standard = 10) =>
  number({ label: 'weight γ', summary, default: standard, min: 0, max: 1000, scale: 'log', zero: true });

/** How γ is found: a number, or a controller (METHODS of the last two are experiments, without a paper). */
const fixed = {
  name: 'fixed',
  label: 'fixed',
  summary: 'One number for the whole run.',
  settings: group({ weight: weight('How strongly the length of the gradient is penalised.') }),
} as const;
const dual = {
  name: 'dual',
  label: 'dual ascent',
  summary: 'γ grows while ½‖F‖² is above a target and falls below it. An experiment.',
  settings: group({
    target: number({
      label: 'target τ',
      summary: 'For ½‖F‖².',
      default: 0.001,
      min: 1e-12,
      max: 100,
      scale: 'log',
    }),
    gain: number({
      label: 'gain ρ',
      summary: 'How fast γ follows.',
      default: 0.05,
      min: 0,
      max: 10,
      scale: 'log',
      zero: true,
    }),
    most: number({
      label: 'largest γ',
      summary: 'The bound of γ.',
      default: 100,
      min: 0,
      max: 1e6,
      scale: 'log',
      zero: true,
    }),
  }),
} as const;
const multiplier = {
  name: 'multiplier',
  label: 'augmented Lagrangian',
  summary: 'A vector multiplier y for the constraint F(w) = 0, beside a fixed γ. An experiment.',
  settings: group({
    weight: weight('How strongly the length of the gradient is penalised.', 1),
    gain: number({
      label: 'gain ρ',
      summary: 'How fast the multiplier follows F.',
      default: 0.1,
      min: 0,
      max: 10,
      scale: 'log',
      zero: true,
    }),
  }),
} as const;

export const consensus = defineAdjustment({
  name: 'consensus',
  label: 'Consensus',
  summary:
    'Adds the gradient of γ ½‖F‖²: both players also shorten the joint gradient, which stops the rotation.',
  source:
    'Mescheder et al. 2017 (arXiv:1705.10461), algorithm 2; variants after its reviews and released code',
  formula: 'F + γ J′F',
  settings: group({
    control: choice({
      label: 'how γ is set',
      summary: 'A number, or a controller.',
      entries: [fixed, dual, multiplier],
      default: 'fixed',
      live: true,
    }),
    variant: pick({
      label: 'who pays',
      summary: 'Whose gradient is penalised, and who descends the penalty.',
      default: 'full',
      options: {
        full: 'both players descend ½‖F‖²',
        discriminator: 'only the discriminator descends ½‖F‖²',
        smoothing: 'only the discriminator descends, and only ½‖g_θ‖² (the authors’ smoothing code)',
        generator: 'only the generator descends ½‖F‖²',
        twoBatches: 'both descend F₁·F₂ / 2 of two batches, which has no bias from their noise',
      },
    }),
  }),
  init: (size, _split, { control }) => ({
    weight: 0,
    multiplier: new Float64Array(control.kind === 'multiplier' ? size : 0),
  }),
  at(look, out) {
    const { field, point, memory, settings, split, scratch } = look;
    const { control, variant } = settings;
    const product = scratch(0);
    if (control.kind === 'multiplier') {
      // w descends F + J'(y + γ F); y follows F.
      field.at(point, out);
      const along = scratch(1);
      for (let i = 0; i < out.length; i++) {
        along[i] = memory.multiplier[i] + control.weight * out[i];
        memory.multiplier[i] += control.gain * out[i];
      }
      field.vjp(point, along, product);
      for (let i = 0; i < out.length; i++) out[i] += product[i];
      return;
    }
    if (variant === 'twoBatches') {
      // The gradient of F1·F2 / 2 is (J1'F2 + J2'F1) / 2.
      const second = look.other();
      const other = scratch(1);
      const more = scratch(2);
      field.at(point, out);
      second.at(point, other);
      field.vjp(point, other, product);
      second.vjp(point, out, more);
      for (let i = 0; i < out.length; i++) product[i] = 0.5 * (product[i] + more[i]);
    } else if (variant === 'smoothing') {
      field.at(point, out);
      const generatorOnly = scratch(1);
      generatorOnly.fill(0);
      generatorOnly.set(half(out, split, 'generator'));
      field.vjp(point, generatorOnly, product);
    } else field.withTransposed(point, out, product);

    let gamma: number;
    if (control.kind === 'dual') {
      // This reading is bent by γ as it is; the next by what this one says.
      gamma = memory.weight;
      const excess = 0.5 * dot(out, out) - control.target;
      memory.weight = Math.min(control.most, Math.max(0, gamma + control.gain * excess));
    } else gamma = control.weight;
    const begin = variant === 'discriminator' || variant === 'smoothing' ? split : 0;
    const end = variant === 'generator' ? split : out.length;
    for (let i = begin; i < end; i++) out[i] += gamma * product[i];
  },
});
