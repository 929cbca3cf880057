/** The smaller parts of an optimizer, as Python: clippings, constraints, schedules, lookaheads, averages. */
import type { Values } from './rules.ts';

/** By the clipping's name: the body of `clipped(g)`. */
export const clippings: Readonly<Record<string, (settings: Values) => string>> = {
  byNorm: () => `
def clipped(g):
    """A longer gradient is shortened to the bound; its direction stays."""
    length = np.linalg.norm(g)
    return g * (clipping.bound / length) if length > clipping.bound else g
`,
  byValue: () => `
def clipped(g):
    """Every entry of a gradient is bounded."""
    return np.clip(g, -clipping.bound, clipping.bound)
`,
  byLargest: () => `
def clipped(g):
    """A gradient is shortened until its largest entry is the bound; its direction stays."""
    largest = abs(g).max()
    return g * (clipping.bound / largest) if largest > clipping.bound else g
`,
};

/** By the constraint's name: `project(w, player)`, in place. */
export const constraints: Readonly<Record<string, (settings: Values) => string>> = {
  box: ({ whose }) => {
    const skip =
      whose === 'both'
        ? ''
        : `    if player not in (None, "${whose}"):
        return
`;
    const range = whose === 'both' ? 'HALF[player] if player else slice(None)' : `HALF["${whose}"]`;
    return `
def project(w, player):
    """Every parameter${whose === 'both' ? '' : ` of the ${whose}`} is kept in [-c, c]."""
${skip}    part = ${range}
    w[part] = np.clip(w[part], -constraint.bound, constraint.bound)
`;
  },
  simplex: () => `
def project(w, player):
    """Each player's parameters are moved to the nearest probability distribution: Duchi et al. 2008."""
    for each in [player] if player else PLAYERS:
        p = w[HALF[each]]
        total, shift = 0.0, 0.0
        for i, value in enumerate(sorted(p.tolist(), reverse=True)):
            total += value
            if value > (total - 1) / (i + 1):
                shift = (total - 1) / (i + 1)
        w[HALF[each]] = (p - shift).clip(0)
`,
};

/** By the schedule's name: `rate_factor()`. */
export const schedules: Readonly<Record<string, string>> = {
  exponential: `
def rate_factor():
    """What both learning rates are multiplied by: a factor every so many steps, smoothly."""
    return math.exp(math.log(schedule.factor) * now.step / schedule.steps)
`,
  cosine: `
def rate_factor():
    """What both learning rates are multiplied by: half a cosine down to the last share."""
    progress = min(1, now.step / schedule.steps)
    return schedule.last + (1 - schedule.last) * 0.5 * (1 + math.cos(math.pi * progress))
`,
  inversePower: `
def rate_factor():
    """What both learning rates are multiplied by: a power of the progress, as in DANN."""
    return math.exp(-schedule.beta * math.log1p(schedule.alpha * now.step / schedule.steps))
`,
  warmUp: `
def rate_factor():
    """What both learning rates are multiplied by: it rises to 1."""
    return min(1, (now.step + 1) / schedule.steps)
`,
};

/** What acts after a step: its memory, made from the first point `w`, and a function of the point. */
export interface WrapperText {
  readonly memory: string;
  readonly text: string;
  readonly asksChance?: boolean;
}

/** By the lookahead's name: `look_back(w)`. */
export const lookaheads: Readonly<Record<string, (settings: Values) => WrapperText>> = {
  lookahead: ({ slowStart }) => ({
    memory: `slow = ${slowStart === 'start' ? 'START.copy()' : 'None'}`,
    text: `
def look_back(w):
    """Every k steps, back to a part of the way from the slow point, which then moves there."""
    global slow
    if (now.step + 1) % lookahead.steps == 0:
        if slow is not None:
            w = (1 - lookahead.fraction) * slow + lookahead.fraction * w
        slow = w.copy()
    return w
`,
  }),
  nested: ({ slowStart }) => ({
    memory: `slow = slower = ${slowStart === 'start' ? 'START.copy()' : 'None'}`,
    text: `
def look_back(w):
    """A lookahead whose slow point is itself looked ahead of, with an interval of its own."""
    global slow, slower

    def part_of_the_way(origin):
        if origin is None:
            return w
        return (1 - lookahead.fraction) * origin + lookahead.fraction * w

    if (now.step + 1) % lookahead.steps == 0:
        w = part_of_the_way(slow)
        slow = w.copy()
    if (now.step + 1) % lookahead.slow_steps == 0:
        w = part_of_the_way(slower)
        slower = slow = w.copy()
    return w
`,
  }),
};

/** By the average's name: `average_in(w)`, which may send the run to its average. */
export const averages: Readonly<Record<string, (settings: Values) => WrapperText>> = {
  ema: ({ warmUp }) => ({
    memory: warmUp ? 'average, averaged = START.copy(), 0' : 'average = START.copy()',
    text: `
def average_in(w):
    """An exponential moving average of the points passed, by which the run is judged."""
    global average${warmUp ? ', averaged' : ''}
${
  warmUp
    ? `    averaged += 1
    beta = min(averaging.decay, (1 + averaged) / (10 + averaged))
`
    : '    beta = averaging.decay\n'
}    average = beta * average + (1 - beta) * w
    return w
`,
  }),
  uniform: ({ restart }) => {
    const restarts = (restart as number) > 0;
    return {
      memory: 'average, averaged = START.copy(), 1',
      asksChance: restarts,
      text: `
def average_in(w):
    """The mean of all points so far, by which the run is judged${restarts ? '; now and then the run goes there' : ''}."""
    global average, averaged
    average = average + 1 / (averaged + 1) * (w - average)
    averaged += 1
${
  restarts
    ? `    if chance(8) < averaging.restart:
        w, averaged = average.copy(), 1
`
    : ''
}    return w
`,
    };
  },
};
