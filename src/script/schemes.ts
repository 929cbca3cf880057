/** The schemes, as Python: a function `step(w)` for each, and what it remembers. */
import type { Values } from './rules.ts';

/** How a scheme is written; `batch` and `next_batch()` are taken out where nothing is drawn. */
export interface SchemeText {
  readonly text: string;
  /** What it remembers, by Python name: made before the first step. */
  readonly memory?: Readonly<Record<string, string>>;
  /** Of that, what belongs to one player, or to both in another way than by their parameters. */
  readonly counts?: readonly string[];
  readonly asks?: readonly ('forward' | 'accuracy' | 'rate' | 'gmres' | 'chance' | 'losses')[];
}

/** What the texts are told of the rest of the experiment. */
export interface Around {
  /** The function that reads the field as the players follow it. */
  readonly field: string;
  /** All of the data can be read at once. */
  readonly hasWhole: boolean;
}

type Write = (settings: Values, around: Around) => SchemeText;

/** By the scheme's name. */
export const schemes: Readonly<Record<string, Write>> = {
  simultaneous: (_settings, { field }) => ({
    text: `
def step(w):
    """Both players read the field at the same point and move at once."""
    batch = next_batch()
    return move(w, change(w, ${field}(w, batch)))
`,
  }),

  alternating(settings, { field }): SchemeText {
    const { first } = settings;
    const pace = settings.pace as { kind: string };
    const order = first === 'generator' ? '"generator", "discriminator"' : '"discriminator", "generator"';
    const times =
      'times = {"discriminator": scheme.discriminator_steps, "generator": scheme.generator_steps}';
    const turn = `            batch = next_batch()
            w = move(w, change(w, ${field}(w, batch, player), player), 1, player)
`;
    const what = 'One player after the other, each seeing what the last one did.';
    if (pace.kind === 'byLosses') {
      return {
        text: `
def step(w):
    """${what}
    Each moves until its loss is below a threshold, at least once."""
    threshold = {"discriminator": scheme.pace_discriminator_loss, "generator": scheme.pace_generator_loss}
    for player in (${order}):
        moves, loss = 0, math.inf
        while moves == 0 or (moves < scheme.pace_most and loss > threshold[player]):
            batch = next_batch()
            loss = losses(w, batch)[player]
            w = move(w, change(w, ${field}(w, batch, player), player), 1, player)
            moves += 1
    return w
`,
        asks: ['losses'],
      };
    }
    if (pace.kind === 'byAccuracy') {
      return {
        text: `
def step(w):
    """${what}
    Only one of them while the discriminator tells too few samples apart, or too many."""
    ${times}
    batch = next_batch()
    told = told_apart(w, batch)
    if told < scheme.pace_low:
        times["generator"] = 0
    elif told > scheme.pace_high:
        times["discriminator"] = 0
    for player in (${order}):
        for _ in range(times[player]):
${turn}    return w
`,
        asks: ['accuracy'],
      };
    }
    if (pace.kind === 'byNorms') {
      return {
        memory: { norms: '{"generator": 0.0, "discriminator": 0.0}' },
        text: `
def step(w):
    """${what}
    The discriminator moves as many times as the generator's last gradient was longer than its own."""
    ${times}
    if norms["discriminator"] > 0:
        ratio = math.floor(norms["generator"] / norms["discriminator"] + 0.5)
        times["discriminator"] = max(1, min(scheme.pace_most, ratio))
    for player in (${order}):
        for _ in range(times[player]):
            batch = next_batch()
            F = ${field}(w, batch, player)
            norms[player] = float(np.linalg.norm(F[HALF[player]]))
            w = move(w, change(w, F, player), 1, player)
    return w
`,
      };
    }
    const schedule =
      pace.kind === 'wgan'
        ? `    if now.step < 25 or now.step % 500 == 0:
        times["discriminator"] = 100  # the schedule of WGAN's code
`
        : '';
    return {
      text: `
def step(w):
    """${what}"""
    ${times}
${schedule}    for player in (${order}):
        for _ in range(times[player]):
${turn}    return w
`,
    };
  },

  extragradient: ({ sameBatch, moments }, { field }) => ({
    memory: moments === 'separate' ? { trial_rules: 'new_rules()' } : undefined,
    text: `
def step(w):
    """A trial step to see where the field leads, then the real step with the field from there."""
    batch = next_batch()
    trial = move(w, change(w, ${field}(w, batch)${moments === 'separate' ? ', rules=trial_rules' : ''}), scheme.extrapolation)
${sameBatch ? '' : '    batch = next_batch()\n'}    return move(w, change(w, ${field}(trial, batch)))
`,
  }),

  pastExtragradient: (_settings, { field }) => ({
    memory: { last: 'np.zeros(SIZE)' },
    text: `
def step(w):
    """Tries the last change again to see where it leads, and moves by the field found there."""
    global last
    trial = move(w, last)
    batch = next_batch()
    last = change(w, ${field}(trial, batch))
    return move(w, last)
`,
  }),

  optimistic({ first, lag }, { field }): SchemeText {
    const isTwo = lag === 'two';
    const names = isTwo ? 'last, before_last' : 'last';
    const beginning =
      first === 'zero'
        ? ''
        : `    if ${isTwo ? 'before_last' : 'last'} is None:
        ${isTwo ? 'last = before_last = this' : 'last = this'}
${first === 'twice' ? '        return w  # the first point counts twice\n' : ''}`;
    const none = first === 'zero' ? 'np.zeros(SIZE)' : 'None';
    return {
      memory: isTwo ? { last: none, before_last: none } : { last: none },
      text: `
def step(w):
    """Twice this change minus ${isTwo ? 'the one before the last' : 'the last'}: the last step is corrected by what was wrong with it."""
    global ${names}
    batch = next_batch()
    this = change(w, ${field}(w, batch))
${beginning}    w = move(w, 2 * this - ${isTwo ? 'before_last' : 'last'})
    ${isTwo ? 'last, before_last = this, last' : 'last = this'}
    return w
`,
    };
  },

  prediction({ alsoDiscriminator }, { field }): SchemeText {
    return {
      memory: alsoDiscriminator ? { last: 'np.zeros(SIZE)' } : undefined,
      counts: ['last'],
      text: `
def step(w):
    """The generator moves, and the discriminator answers to where the generator will be next."""
${alsoDiscriminator ? '    global last\n' : ''}    batch = next_batch()
    start = ${alsoDiscriminator ? 'move(w, last, 1, "discriminator")' : 'w'}
    advance = change(w, ${field}(start, batch, "generator"), "generator")
    w = move(w, advance, 1, "generator")
    foretold = move(w, advance, 1, "generator")
    batch = next_batch()
    answer = change(w, ${field}(foretold, batch, "discriminator"), "discriminator")
${alsoDiscriminator ? '    last = answer\n' : ''}    return move(w, answer, 1, "discriminator")
`,
    };
  },

  competitive: ({ linear }, { field }) => ({
    asks: linear ? ['forward', 'rate'] : ['forward', 'rate', 'gmres'],
    text: `
def step(w):
    """Both players step to the Nash point of the local bilinear game${linear ? ', to first order' : ''}."""
    batch = next_batch()
    F = ${field}(w, batch)

    def answer(v):
        """Each player's answer to the other's step: the off-diagonal blocks of J times the rates times v."""
        first, second = np.zeros(SIZE), np.zeros(SIZE)
        first[:SPLIT] = rate("generator") * v[:SPLIT]
        second[SPLIT:] = rate("discriminator") * v[SPLIT:]
        of_generator = jacobian_times(w, second, batch)[:SPLIT]
        of_discriminator = jacobian_times(w, first, batch)[SPLIT:]
        return np.concatenate([of_generator, of_discriminator])

${linear ? '    direction = F - answer(F)' : '    direction = gmres(lambda v: answer(v) + v, F, scheme.iterations, scheme.tolerance)'}
    return move(w, change(w, direction))
`,
  }),

  proximal: (_settings, { field }) => ({
    asks: ['forward', 'rate', 'gmres'],
    text: `
def step(w):
    """The step whose end has the field that leads there: Newton's method on d = F(w - R d), R the rates."""
    batch = next_batch()
    rates = np.zeros(SIZE)
    rates[:SPLIT], rates[SPLIT:] = rate("generator"), rate("discriminator")
    d = ${field}(w, batch)
    enough = scheme.tolerance * np.linalg.norm(d)
    for _ in range(scheme.newton_steps):
        end = w - rates * d
        residual = ${field}(end, batch) - d
        if not np.linalg.norm(residual) > enough:
            break
        d = d + gmres(lambda v: jacobian_times(end, rates * v, batch) + v, residual, scheme.iterations, 1e-12)
    return move(w, change(w, d))
`,
  }),

  svre: ({ extrapolate }, { field, hasWhole }) => ({
    memory: { snapshot: 'None', full: 'None' },
    asks: ['chance'],
    text: `
def step(w):
    """Each reading is corrected by a snapshot's full gradient, which takes its noise out."""
    global snapshot, full
    if snapshot is None or chance(0) < 1 / scheme.epoch:
        snapshot = w.copy()
${
  hasWhole
    ? `        full = ${field}(snapshot, whole_batch())`
    : `        batch = next_batch()  # without a finite set of data, one batch stands in for all
        full = ${field}(snapshot, batch)`
}

    def reduced(v):
        batch = next_batch()
        return ${field}(v, batch) - ${field}(snapshot, batch) + full

${extrapolate ? '    trial = move(w, change(w, reduced(w)))\n' : '    trial = w\n'}    return move(w, change(w, reduced(trial)))
`,
  }),

  bestResponse: (_settings, { field }) => ({
    text: `
def step(w):
    """Each player answers the other's last strategy with the best single action."""
    batch = next_batch()
    F = ${field}(w, batch)
    w = np.zeros(SIZE)
    w[int(F[:SPLIT].argmin())] = 1
    w[SPLIT + int(F[SPLIT:].argmin())] = 1
    return w
`,
  }),

  fictitiousPlay: (_settings, { field }) => ({
    memory: { counts: 'None', plays: '0' },
    text: `
def step(w):
    """Each player answers the average of all that the other has played; the start is the first play."""
    global counts, plays
    if counts is None:
        counts, plays = w.copy(), 1
    batch = next_batch()
    F = ${field}(counts, batch)
    plays += 1
    counts[int(F[:SPLIT].argmin())] += 1
    counts[SPLIT + int(F[SPLIT:].argmin())] += 1
    return counts / plays
`,
  }),
};
