/** Steps of one player alone, as Python: who moves in which, and what of the other stays as it was. */
import { finished, type Plan } from './plan.ts';
import { numberText } from './words.ts';

export const movesAlone = ({ options: { alone = [] } }: Plan): boolean => alone.length > 0;

/** A list of the steps; empty where there are none. */
export const aloneText = ({ options: { alone = [] } }: Plan): string =>
  alone.length === 0
    ? ''
    : [
        '# Where one player alone moved: after how many steps, in how many, and who.',
        'ALONE = [',
        ...alone.map(
          ({ step, steps, player }) => `    (${numberText(step)}, ${numberText(steps)}, "${player}"),`,
        ),
        ']',
      ].join('\n');

/** The first lines of a function of a `player`, or of both: nothing is done for one who stands still. */
export const turnText = (plan: Plan, nothing: string): string =>
  movesAlone(plan)
    ? `    if now.mover:  # the other one stands still
        if player not in (None, now.mover):
            return ${nothing}
        player = now.mover
`
    : '';

/** A memory of both players' parameters, by how it is made. */
const OF_BOTH = /^(np\.zeros\(SIZE\)|START\.copy\(\)|None)$/;

/**
 * What is kept of the player who stands still: its parameters, and its half of what scheme, adjustment and lookahead
 * remember. Numbers that they count with belong to both, and so does an average.
 */
export function heldText(plan: Plan): string {
  if (!movesAlone(plan)) return '';
  const { scheme, bent, lookahead } = plan;
  const slow = lookahead?.memory.split(' = ').slice(0, -1) ?? [];
  const remembered = [
    // Before there is anything, nothing is remembered; a lookahead begins with the first point.
    ...Object.entries({ ...scheme.memory, ...bent?.memory })
      .filter(([name, made]) => OF_BOTH.test(made) && !scheme.counts?.includes(name))
      .map(([name]) => `"${name}": np.zeros(SIZE)`),
    ...slow.map((name) => `"${name}": START`),
  ];
  const text = `# What is remembered of both players' parameters, and what stands for it before it is there.
REMEMBERED = {${remembered.join(', ')}}


def kept(w):
    """The point, and what is remembered."""
    values = {name: globals()[name] for name in REMEMBERED}
    return w, {name: None if value is None else value.copy() for name, value in values.items()}


def held(w, before):
    """Who stands still in this step has the parameters of before it, and remembers what it remembered."""
    if not now.mover:
        return w
    still = HALF["discriminator" if now.mover == "generator" else "generator"]
    stood, remembered = before
    for name, nothing in REMEMBERED.items():
        value, old = globals()[name], remembered[name]
        if value is not None:
            value = value.copy()
            value[still] = (nothing if old is None else old)[still]
            globals()[name] = value
    w = w.copy()
    w[still] = stood[still]
    return w
`;
  return finished(text, plan);
}
