/** Consensus optimization: both players also descend half the squared length of the joint gradient. */
import { choice, group, integer, number, pick } from '../../settings/index.ts';
import { defineAdjustment } from '../kinds.ts';
import { late } from '../late.ts';

const weight = (summary: string, standard = 10) =>
  number({ label: 'weight γ', summary, default: standard, min: 0, max: 1000, scale: 'log', zero: true });

/** How γ is found: a number, or a controller (the controllers are experiments, without a paper). */
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
  summary:
    'A vector multiplier y for the constraint F(w) = 0, beside a fixed γ; both players pay. An experiment.',
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

const spectrum = {
  name: 'spectrum',
  label: 'by spectrum',
  summary: 'γ follows the steepest rotation |Im λ / Re λ| of the penalised field. An experiment.',
  settings: group({
    first: weight('Where γ begins.', 1),
    target: number({
      label: 'target ψ',
      summary: 'For the largest |Im λ / Re λ| that a few products find.',
      default: 1,
      min: 0.01,
      max: 100,
      scale: 'log',
    }),
    gain: number({
      label: 'gain κ',
      summary: 'How fast γ follows.',
      default: 0.1,
      min: 0,
      max: 10,
      scale: 'log',
      zero: true,
    }),
    every: integer({
      label: 'every',
      summary: 'Readings of the field between two looks at its spectrum.',
      default: 100,
      min: 1,
      max: 100_000,
      scale: 'log',
    }),
    dimensions: integer({
      label: 'dimensions',
      summary: 'Of the Krylov space; each costs a forward and a backward product.',
      default: 8,
      min: 2,
      max: 50,
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

export const consensus = defineAdjustment({
  name: 'consensus',
  label: 'Consensus',
  summary:
    'Adds the gradient of γ ½‖F‖²: both players also shorten the joint gradient, which stops the rotation.',
  source:
    'Mescheder et al. 2017 (arXiv:1705.10461), algorithm 2; variants after its reviews and released code',
  formula: 'F + γ J′F',
  isLate: true,
  settings: group({
    control: choice({
      label: 'how γ is set',
      summary: 'A number, or a controller.',
      entries: [fixed, dual, multiplier, spectrum],
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
  // J + gamma J'J of a normal J; two batches differ by their noise only.
  normalOnly: true,
  eigenvalue: ([re, im], { control, variant }) =>
    control.kind === 'fixed' && (variant === 'full' || variant === 'twoBatches')
      ? [re + control.weight * (re * re + im * im), im]
      : undefined,
  init: (size, _split, { control }) => ({
    weight: control.kind === 'spectrum' ? control.first : 0,
    /** Readings until the next look at the spectrum; its length tells this controller's memory from the others'. */
    wait: new Float64Array(control.kind === 'spectrum' ? 1 : 0),
    multiplier: new Float64Array(control.kind === 'multiplier' ? size : 0),
  }),
  at: (look, out) => late().adjustByConsensus(look, out),
});
