/** The adjustments, as Python: `bent_field`, the field as the players follow it. */
import type { Values } from './rules.ts';

export interface AdjustmentText {
  readonly text: string;
  readonly memory?: Readonly<Record<string, string>>;
  readonly asks: readonly ('forward' | 'transposed' | 'gmres' | 'ritz' | 'draws')[];
}

/** By the adjustment's name. */
export const adjustments: Readonly<Record<string, (settings: Values) => AdjustmentText>> = {
  consensus(settings): AdjustmentText {
    const control = settings.control as { kind: string };
    const variant = settings.variant as string;
    if (control.kind === 'multiplier') {
      return {
        asks: ['transposed'],
        memory: { multiplier: 'np.zeros(SIZE)' },
        text: `
def bent_field(w, batch, player=None):
    """F + J'(y + gamma F), y a multiplier for the constraint F(w) = 0."""
    global multiplier
    F = field(w, batch)
    along = multiplier + adjustment.control_weight * F
    multiplier = multiplier + adjustment.control_gain * F
    return F + transposed_times(w, along, batch)
`,
      };
    }
    const isTwo = variant === 'twoBatches';
    const reading = isTwo
      ? `    F = field(w, batch)
    other_batch = next_batch()
    other = field(w, other_batch)
    # The gradient of F1.F2 / 2, which has no bias from the noise of the batches.
    product = 0.5 * (transposed_times(w, other, batch) + transposed_times(w, F, other_batch))
`
      : variant === 'smoothing'
        ? `    F = field(w, batch)
    generator_only = F.copy()
    generator_only[SPLIT:] = 0
    product = transposed_times(w, generator_only, batch)
`
        : `    F = field(w, batch)
    product = transposed_times(w, F, batch)
`;
    const who =
      variant === 'discriminator' || variant === 'smoothing'
        ? '    product[:SPLIT] = 0  # only the discriminator pays\n'
        : variant === 'generator'
          ? '    product[SPLIT:] = 0  # only the generator pays\n'
          : '';
    if (control.kind === 'dual') {
      return {
        asks: ['transposed'],
        memory: { gamma: '0.0' },
        text: `
def bent_field(w, batch, player=None):
    """F + gamma J'F, gamma by dual ascent: it grows while half the squared length of F is above a target."""
    global gamma
${reading}    this = gamma
    excess = 0.5 * float(F @ ${isTwo ? 'other' : 'F'}) - adjustment.control_target
    gamma = min(adjustment.control_most, max(0.0, gamma + adjustment.control_gain * excess))
${who}    return F + this * product
`,
      };
    }
    if (control.kind === 'spectrum') {
      return {
        asks: ['forward', 'transposed', 'ritz'],
        memory: { gamma: 'float(adjustment.control_first)', wait: '0' },
        text: `
def bent_field(w, batch, player=None):
    """F + gamma J'F, gamma following the steepest rotation |Im / Re| of the penalised field."""
    global gamma, wait
${reading}    if wait <= 0:
        wait = adjustment.control_every

        def penalised(v):
            forward = jacobian_times(w, v, batch)
            return forward + gamma * transposed_times(w, forward, batch)

        first = ARRAY(Stream(SEED, "adjustment.spectrum", now.step, now.drawn).normals(SIZE))
        values = ritz_values(penalised, first, adjustment.control_dimensions)
        turning = [abs(value.imag / value.real) for value in values if value.imag != 0]
        exponent = adjustment.control_gain * (max([0.0, *turning]) - adjustment.control_target)
        gamma = min(adjustment.control_most, gamma * math.exp(max(-1.0, min(1.0, exponent))))
    wait -= 1
${who}    return F + gamma * product
`,
      };
    }
    return {
      asks: ['transposed'],
      text: `
def bent_field(w, batch, player=None):
    """F + gamma J'F: the players also descend half the squared length of the joint gradient."""
${reading}${who}    return F + adjustment.control_weight * product
`,
    };
  },

  sga: ({ align }) => ({
    asks: ['forward', 'transposed'],
    text: `
def bent_field(w, batch, player=None):
    """F + lambda A'F, A = (J - J') / 2: the field turned by its own rotational part."""
    F = field(w, batch)
    slope = transposed_times(w, F, batch)  # of half the squared length of F
    turned = 0.5 * (slope - jacobian_times(w, F, batch))
    weight = adjustment.weight
${
  align
    ? `    if (F @ slope) * (turned @ slope) / SIZE + 0.1 < 0:  # 0.1 keeps the sign of a pure rotation
        weight = -weight
`
    : ''
}    return F + weight * turned
`,
  }),

  locallyStable: () => ({
    asks: ['transposed'],
    text: `
def bent_field(w, batch, player=None):
    """The generator also descends the squared length of the discriminator's gradient."""
    F = field(w, batch)
    discriminator_only = F.copy()
    discriminator_only[:SPLIT] = 0
    product = transposed_times(w, discriminator_only, batch)
    product[SPLIT:] = 0
    return F + 2 * adjustment.weight * product
`,
  }),

  newton({ family }): AdjustmentText {
    if (family === 'neumann') {
      return {
        asks: ['forward'],
        text: `
def bent_field(w, batch, player=None):
    """The first terms of the series of (I + gamma J)^-1 F."""
    total = term = field(w, batch)
    for _ in range(1, adjustment.order):
        term = -adjustment.damping * jacobian_times(w, term, batch)
        total = total + term
    return total
`,
      };
    }
    const isDamped = family === 'damped';
    const product = isDamped
      ? 'v + adjustment.damping * jacobian_times(w, v, batch)'
      : 'jacobian_times(w, v, batch)';
    return {
      asks: ['forward', 'gmres'],
      text: `
def bent_field(w, batch, player=None):
    """${isDamped ? '(I + gamma J)^-1 F: a damped Newton step.' : 'The Newton direction, as well as a small Krylov space can tell.'}"""
    return gmres(lambda v: ${product}, field(w, batch), adjustment.${isDamped ? 'iterations, 1e-10' : 'order, 1e-12'})
`,
    };
  },

  smoothOut: () => ({
    asks: ['draws'],
    text: `
def bent_field(w, batch, player=None):
    """The field read at parameters that are shifted by uniform noise, and averaged."""
    total = np.zeros(SIZE)
    for k in range(adjustment.count):
        levels = ARRAY(Stream(SEED, f"adjustment.shift {k}", now.step, now.drawn).uniforms(SIZE))
        shifted = w + adjustment.amplitude * (2 * levels - 1)
        total = total + field(shifted, batch) / adjustment.count
    return total
`,
  }),
};
