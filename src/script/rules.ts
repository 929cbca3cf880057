/** The rules, as Python: one class for each, with a memory and the change that it makes of a gradient. */

export type Values = Readonly<Record<string, unknown>>;

/** What a rule needs to be written down. */
export interface RuleText {
  /** A class called `name`, made by `name(size, settings)` or `name(size, settings, ends)`. */
  readonly text: string;
  /** It also wants to know where each layer ends. */
  readonly layers?: boolean;
  /** Classes of other rules that it is made of: the setting that chooses each. */
  readonly inner?: readonly string[];
}

type Write = (name: string, settings: Values, said: string) => RuleText;

const begin = (name: string, said: string, memory: readonly string[], extra = '') =>
  `class ${name}:
    """${said}"""

    def __init__(self, size, settings${extra}):
        self.settings = settings
${memory.map((line) => `        ${line}\n`).join('')}
    def change(self, g, w):
        s = self.settings
`;

/** A quotient, which is 0 where both are: without epsilon there may be no gradient yet, and then no move. */
const over = (above: string, below: string, isSafe: boolean) =>
  isSafe ? `${above} / ${below}` : `quotient(${above}, ${below})`;

const moments = ['self.mean = np.zeros(size)', 'self.square = np.zeros(size)'];
const weights = [
  '# beta1^t and beta2^t as repeated products.',
  'self.mean_weight = self.square_weight = 1.0',
];
const follow = `        self.mean_weight *= s.beta1
        self.square_weight *= s.beta2
        self.mean = s.beta1 * self.mean + (1 - s.beta1) * g
        self.square = s.beta2 * self.square + (1 - s.beta2) * g * g
`;

/** By the rule's name. */
export const rules: Readonly<Record<string, Write>> = {
  sgd: (name, _settings, said) => ({
    text: `${begin(name, said, [])}        return -s.learning_rate * g\n`,
  }),
  momentum: (name, { nesterov }, said) => ({
    text: `${begin(name, said, ['self.velocity = np.zeros(size)'])}        self.velocity = s.momentum * self.velocity + g
        return -s.learning_rate * ${nesterov ? '(g + s.momentum * self.velocity)' : 'self.velocity'}
`,
  }),
  rmsprop: (name, { epsilon, epsilonInside }, said) => ({
    text: `${begin(name, said, ['self.square = np.full((size,), float(settings.initial_square))'])}        self.square = s.decay * self.square + (1 - s.decay) * g * g
        root = ${epsilonInside === 'inside' ? 'np.sqrt(self.square + s.epsilon)' : 'np.sqrt(self.square) + s.epsilon'}
        return ${over('-s.learning_rate * g', 'root', (epsilon as number) > 0)}
`,
  }),
  adam(name, { epsilon, epsilonMode, biasCorrectSquare, amsgrad, weightDecay }, said) {
    const memory = [...moments, ...(amsgrad ? ['self.largest = np.zeros(size)'] : []), ...weights];
    const isHat = epsilonMode === 'hat';
    return {
      text: `${begin(name, said, memory)}${follow}${amsgrad ? '        self.largest = np.maximum(self.square, self.largest)\n' : ''}        scale = ${biasCorrectSquare ? '1 / math.sqrt(1 - self.square_weight)' : '1.0'}
        root = np.sqrt(${amsgrad ? 'self.largest' : 'self.square'}) * scale + ${isHat ? 's.epsilon * scale' : 's.epsilon'}
        step = -s.learning_rate / (1 - self.mean_weight)
        return ${over('step * self.mean', 'root', (epsilon as number) > 0)}${weightDecay === 0 ? '' : ' - s.learning_rate * s.weight_decay * w'}
`,
    };
  },
  optimisticAdam(name, { variant, nesterov, epsilon }, said) {
    const lag2 = variant === 'lag2';
    const memory = [
      ...moments,
      ...weights,
      ...(lag2
        ? ['self.older_mean = np.zeros(size)', 'self.older_square = np.zeros(size)']
        : ['self.last = np.zeros(size)']),
      ...(variant === 'optax' ? ['self.is_first = True'] : []),
    ];
    const direction = (m: string, v: string) =>
      over(m, `(np.sqrt(${v}) * scale + s.epsilon)`, (epsilon as number) > 0).replace(
        /^quotient\((.*), \((.*)\)\)$/,
        'quotient($1, $2)',
      );
    const numerator = nesterov
      ? `(s.beta1 * self.mean / (1 - self.mean_weight * s.beta1)
                     + (1 - s.beta1) * g / bias)`
      : 'self.mean / bias';
    return {
      text: `${begin(name, said, memory)}${lag2 ? '        old_mean, old_square = self.mean, self.square\n' : ''}${follow}        bias = 1 - self.mean_weight
        scale = 1 / math.sqrt(1 - self.square_weight)
        numerator = ${numerator}
        now = ${direction('numerator', 'self.square')}
${
  lag2
    ? `        before = ${direction('(self.older_mean / bias)', 'self.older_square').replace('quotient((self.older_mean / bias)', 'quotient(self.older_mean / bias')}
        self.older_mean, self.older_square = old_mean, old_square
`
    : `        before = ${variant === 'optax' ? 'now if self.is_first else self.last' : 'self.last'}
        self.last = now
${variant === 'optax' ? '        self.is_first = False\n' : ''}`
}        return -s.learning_rate * now - s.learning_rate * s.optimism * (now - before)
`,
    };
  },
  radam(name, { threshold, epsilon }, said) {
    const isFive = threshold === 'five';
    return {
      text: `${begin(name, said, [...moments, ...weights, 'self.steps = 0'])}        self.steps += 1
${follow}        most = 2 / (1 - s.beta2) - 1
        length = most - (2 * self.steps * self.square_weight) / (1 - self.square_weight)
        step = -s.learning_rate / (1 - self.mean_weight)
        if not length ${isFive ? '>= 5' : '> 4'}:
            return step * self.mean
        above, below = (length - 4) * (length - 2) * most, (most - 4) * (most - 2) * length
        step = (-s.learning_rate * math.sqrt(above / below)) / (1 - self.mean_weight)
        scale = 1 / math.sqrt(1 - self.square_weight)
        root = np.sqrt(self.square) * scale + ${isFive ? 's.epsilon * scale' : 's.epsilon'}
        return ${over('step * self.mean', 'root', (epsilon as number) > 0)}
`,
    };
  },
  adagrad: (name, { epsilon }, said) => ({
    text: `${begin(name, said, ['self.sum = np.zeros(size)'])}        self.sum = self.sum + g * g
        root = np.sqrt(self.sum) + s.epsilon
        return ${over('-s.learning_rate * g', 'root', (epsilon as number) > 0)}
`,
  }),
  normalized: (name, { whose }, said) =>
    whose === 'global'
      ? {
          text: `${begin(name, said, [])}        return -s.learning_rate / (np.linalg.norm(g) + 1e-12) * g\n`,
        }
      : {
          layers: true,
          text: `${begin(name, said, ['self.ends = ends'], ', ends')}        change = np.zeros(len(g))
        for begin, end in zip([0] + self.ends[:-1], self.ends):
            factor = -s.learning_rate / (np.linalg.norm(g[begin:end]) + 1e-12)
            change[begin:end] = factor * g[begin:end]
        return change
`,
        },
  graft: (name, { whose }, said) => {
    const isLayered = whose !== 'global';
    const blocks = isLayered ? 'zip([0] + self.ends[:-1], self.ends)' : '[(0, len(g))]';
    return {
      layers: isLayered,
      inner: ['magnitude', 'direction'],
      text: `${begin(name, said, [...(isLayered ? ['self.ends = ends'] : []), 'self.magnitude = «magnitude»', 'self.direction = «direction»'], isLayered ? ', ends' : '').replace('        s = self.settings\n', '')}        length = self.magnitude.change(g, w)
        change = self.direction.change(g, w).copy()
        for begin, end in ${blocks}:
            factor = np.linalg.norm(length[begin:end]) / (np.linalg.norm(change[begin:end]) + 1e-16)
            change[begin:end] *= factor
        return change
`,
    };
  },
};
