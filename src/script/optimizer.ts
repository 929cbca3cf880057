/** The optimizer of a script: classes of the players' rules, what they make of a gradient, and the step. */
import { rules as ruleEntries } from '../catalog/rules/index.ts';
import type { Script } from '../catalog/stage.ts';
import { type Player, players } from '../math/field.ts';
import { turnText } from './alone.ts';
import { entryOf, sourceOf } from './frame.ts';
import { gmres, ritz } from './krylov.ts';
import { block, finished, type Part, type Plan } from './plan.ts';
import { rules } from './rules.ts';
import { quotable, wrapped } from './words.ts';

export interface OptimizerText {
  readonly text: string;
  /** What the class of a player's rule reads of its own settings, by owner: `generator`, `generator.magnitude`. */
  readonly readBy: ReadonlyMap<string, ReadonlySet<string>>;
}

export function optimizerText(plan: Plan): OptimizerText {
  const { usesRules, asks, scheme, bent, clip, constraint, schedule, lookahead, averaging } = plan;
  const { classes, readBy, layers, makers } = usesRules ? playersRules(plan) : noRules;
  const text = block(
    ...(classes.some((each) => each.includes('quotient(')) ? [quotient] : []),
    ...classes,
    ...(layers.length > 0
      ? [`# Where each layer ends in its player's parameters.\nLAYERS = {\n${layers.join('\n')}\n}`]
      : []),
    ...(usesRules
      ? [
          `def new_rules():\n    """Both players' rules with empty memories."""\n    return {\n${makers.join('\n')}\n    }`,
        ]
      : []),
    schedule ?? '',
    clip ?? '',
    ...(usesRules ? [changeText(plan), constraint ?? '', moveText(plan)] : []),
    ...(asks.has('rate') ? [rateText(plan)] : []),
    ...(asks.has('gmres') ? [gmres] : []),
    ...(asks.has('ritz') ? [ritz] : []),
    bent?.text ?? '',
    scheme.text,
    lookahead?.text ?? '',
    averaging?.text ?? '',
  );
  return { text: finished(text, plan), readBy };
}

interface RuleClasses {
  readonly classes: readonly string[];
  readonly readBy: OptimizerText['readBy'];
  /** Lines of Python: where a player's layers end, and how its rule is made. */
  readonly layers: readonly string[];
  readonly makers: readonly string[];
}

const noRules: RuleClasses = { classes: [], readBy: new Map(), layers: [], makers: [] };

/** The rules of both players as classes, each once. */
function playersRules({ part, game: { script } }: Plan): RuleClasses {
  const classes = new Map<string, string>();
  const readBy = new Map<string, Set<string>>();
  const layers: string[] = [];
  const makers: string[] = [];
  /** Its class, and those of the rules that it is made of; `layers`, where it is told of them. */
  const ruleOf = (owner: string, settings: Part): { name: string; layers: boolean } => {
    const entry = entryOf(ruleEntries, settings);
    const said = quotable(wrapped(`${entry.formula}  (${sourceOf(entry)})`, 7));
    const build = (name: string) => {
      const made = rules[settings.kind](name, settings, said);
      let { text } = made;
      for (const inner of made.inner ?? []) {
        const { name: other, layers: wants } = ruleOf(`${owner}.${inner}`, settings[inner] as Part);
        text = text.replace(`«${inner}»`, `${other}(size, settings.${inner}${wants ? ', ends' : ''})`);
        if (wants && !made.layers)
          text = text.replace('(self, size, settings)', '(self, size, settings, ends)');
      }
      return { text, own: made.text, layers: made.layers === true || text.includes('settings, ends)') };
    };
    let name = settings.kind.charAt(0).toUpperCase() + settings.kind.slice(1);
    let made = build(name);
    while (classes.has(name) && classes.get(name) !== made.text) {
      name = `${name}Too`;
      made = build(name);
    }
    classes.set(name, made.text);
    readBy.set(
      owner,
      new Set([...made.own.matchAll(/\b(?:s|settings)\.(\w+)/g)].map(([, attribute]) => attribute)),
    );
    return { name, layers: made.layers };
  };
  const ends = layerEnds(script);
  for (const player of players) {
    const { name, layers: wants } = ruleOf(player, part(player));
    const size = player === 'generator' ? 'SPLIT' : 'SIZE - SPLIT';
    if (wants) layers.push(`    "${player}": [${ends[player].join(', ')}],`);
    makers.push(`        "${player}": ${name}(${size}, ${player}${wants ? `, LAYERS["${player}"]` : ''}),`);
  }
  return { classes: [...classes.values()], readBy, layers, makers };
}

/** Where each player's layers end in its own vector: parameters are one layer up to the last dot of their names. */
function layerEnds({ parameters, split, size }: Script): Record<Player, number[]> {
  const ends: Record<Player, number[]> = { generator: [], discriminator: [] };
  const layerOf = (name: string) => name.slice(0, Math.max(0, name.lastIndexOf('.'))) || name;
  parameters.forEach(({ player, name }, at) => {
    const following = parameters[at + 1];
    if (following?.player === player && layerOf(following.name) === layerOf(name)) return;
    ends[player].push((following?.offset ?? size) - (player === 'generator' ? 0 : split));
  });
  return ends;
}

const quotient = `
def quotient(a, b):
    """a / b, and 0 where b is 0: no gradient yet, no move."""
    return a / np.where(b == 0, np.inf, b)
`;

/** What the rate of a schedule multiplies. */
const factorOf = ({ schedule }: Plan) => (schedule === undefined ? '' : 'rate_factor() * ');

function changeText(plan: Plan): string {
  const { clip, part, scheme } = plan;
  const isJoint = clip !== undefined && part('clipping').whose === 'joint';
  const takesRules = scheme.text.includes('rules=');
  const clipped = isJoint
    ? '        if player is not None:\n            g = clipped(g)\n'
    : '        g = clipped(g)\n';
  return `
def change(w, gradient, player=None${takesRules ? ', rules=None' : ''}):
    """What the players' rules make of a gradient: what is to be added to the point."""
${takesRules ? '    rules = rules or globals()["rules"]\n' : ''}${turnText(plan, 'np.zeros(SIZE)')}${isJoint ? "    if player is None:\n        gradient = clipped(gradient)  # by the length of both players' gradients together\n" : ''}    out = np.zeros(SIZE)
    for each in [player] if player else PLAYERS:
        g = gradient[HALF[each]]
${clip ? clipped : ''}        out[HALF[each]] = ${factorOf(plan)}rules[each].change(g, w[HALF[each]])
    return out
`;
}

const moveText = (plan: Plan) => `
def move(w, by, scale=1.0, player=None):
    """The point with a change added, of one player if asked${plan.constraint ? ', and kept within bounds' : ''}."""
    w = w.copy()
${turnText(plan, 'w')}    part = HALF[player] if player else slice(None)
    w[part] += scale * by[part]
${plan.constraint ? '    project(w, player)\n' : ''}    return w
`;

function rateText(plan: Plan): string {
  const rate = (player: Player) =>
    `${player}${plan.part(player).kind === 'graft' ? '.magnitude' : ''}.learning_rate`;
  return `
def rate(player):
    """A player's learning rate in this step."""
${turnText(plan, '0.0')}    return ${factorOf(plan)}{"generator": ${rate('generator')}, "discriminator": ${rate('discriminator')}}[player]
`;
}
