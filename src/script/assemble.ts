/** Puts a script together: what the experiment uses, and nothing else. */
import type { Experiment } from '../catalog/experiment.ts';
import { games } from '../catalog/games/index.ts';
import type { Scheme } from '../catalog/kinds.ts';
import { rules as ruleEntries } from '../catalog/rules/index.ts';
import { schemes as schemeEntries } from '../catalog/schemes/index.ts';
import { type Player, players } from '../math/field.ts';
import { adjustments } from './adjustments.ts';
import { type DrawText, drawText, wholeText } from './draws.ts';
import { foresights } from './fields.ts';
import { docstring, entryOf, imports, lastLines, runText as loopText, mainText, sourceOf } from './frame.ts';
import { gameText } from './game.ts';
import { gmres, ritz } from './krylov.ts';
import { averages, clippings, constraints, lookaheads, schedules } from './parts.ts';
import { pictureSets } from './pictures.ts';
import { rules, type Values } from './rules.ts';
import { schemes } from './schemes.ts';
import { type Change, changesText, settingsText } from './settings.ts';
import { constantText, startText } from './starts.ts';
import { heldFile, type StoredName, storedText } from './stored.ts';
import { streams } from './streams.ts';
import { arrayText, type Flavour, indented, inFlavour, quotable, snake, wrapped } from './words.ts';

export interface Options {
  /** Steps that the script takes unless told otherwise. */
  readonly steps?: number;
  /** Default: PyTorch for what is trained on data, NumPy for the others. */
  readonly flavour?: Flavour;
  /** What the run was computed in, if it is known; the script computes in float64. */
  readonly precision?: 'float32' | 'float64';
  /** What was changed while the run went on, in order: from which step on which settings counted. */
  readonly changes?: readonly Change[];
  /** Steps in which one player alone moved. */
  readonly alone?: readonly { readonly step: number; readonly steps: number; readonly player: Player }[];
  /** What `filesWithin` asks for, by name: it is written into the script, and else must lie beside it. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
  /** The address of the folder where other files are to be had, with its last slash. */
  readonly site?: string;
}

export interface PythonScript {
  readonly text: string;
  readonly flavour: Flavour;
  /** Why there is no script that plays this experiment, one sentence each; `text` is empty then. */
  readonly problems: readonly string[];
  /** What the script leaves out of the run, one sentence each; it says so itself. */
  readonly notes: readonly string[];
}

const STEPS = 1000;

const SINGLE =
  'The run was computed in float32 and this script computes in float64: they are equal at first, and their rounding grows with every step, in a GAN until they are different runs.';
/** What is said of float64, by what the run was computed in. */
const precisions = {
  float64: 'as the run',
  float32: 'the run was in float32: equal at first, then rounding grows',
  unknown: 'as the reference of Saddle; a run in float32 is equal at first, then rounding grows',
} as const;

/** Blank lines between definitions as Python has them. */
const block = (...texts: readonly string[]) =>
  texts
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .join('\n\n\n');

const title = (text: string) => `# ---- ${text} ${'-'.repeat(Math.max(3, 91 - text.length))}`;

/** By the part of an experiment: what has been written down in Python, by the entry's name. */
export const texts: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  scheme: schemes,
  generator: rules,
  discriminator: rules,
  foresight: foresights,
  adjustment: adjustments,
  clipping: clippings,
  schedule: schedules,
  constraint: constraints,
  lookahead: lookaheads,
  averaging: averages,
};

/** Why nothing can be put together. */
const refused = (flavour: Flavour, reasons: readonly string[]): PythonScript => ({
  text: '',
  flavour,
  problems: reasons.map((reason) => `There is no Python script for this run: ${reason}.`),
  notes: [],
});

export function assemble(experiment: Experiment, options: Options): PythonScript {
  const optimizer = experiment as unknown as Readonly<Record<string, Values & { kind: string }>>;
  const gameEntry = entryOf(games, experiment.game);
  const isTrained = ['gan', 'images', 'domains'].includes(experiment.game.kind);
  const flavour = options.flavour ?? (isTrained ? 'torch' : 'numpy');
  const isTorch = flavour === 'torch';
  const isOfPictures = experiment.game.kind === 'images';
  const steps = options.steps ?? STEPS;
  const part = (name: string) => optimizer[name];
  const has = (name: string) => part(name).kind !== 'none';
  const missing = Object.entries(texts)
    .filter(([name, known]) => has(name) && !Object.hasOwn(known, part(name).kind))
    .map(([name]) => `the ${name} ${part(name).kind} has not been written down in Python`);
  if (missing.length > 0) return refused(flavour, missing);
  const schemeEntry = entryOf(schemeEntries, experiment.scheme) as unknown as Scheme;
  const usesRules = schemeEntry.usesRules !== false;

  const bent = has('adjustment') ? adjustments[part('adjustment').kind](part('adjustment')) : undefined;
  const draft = { field: bent ? 'bent_field' : 'field', hasWhole: false };
  const firstScheme = schemes[experiment.scheme.kind](part('scheme'), draft);
  const asks = new Set<string>([...(bent?.asks ?? []), ...(firstScheme.asks ?? [])]);
  if (experiment.game.kind === 'images' && experiment.game.dataset.kind === 'own')
    return refused(flavour, [
      'your own pictures are kept in a browser alone, where Python does not find them',
    ]);

  const game = gameText(experiment, {
    flavour,
    forward: asks.has('forward'),
    transposed: asks.has('transposed'),
    accuracy: asks.has('accuracy'),
  });
  const { script } = game;
  const settingsOfGame = experiment.game as Experiment['game'] & Values;
  const drawn = script.draws.map((draw) => ({ draw, text: drawText(draw, settingsOfGame) }));
  const reasons = [
    ...game.problems,
    ...drawn
      .filter(({ text }) => !text)
      .map(
        ({ draw }) =>
          `the game ${experiment.game.kind} draws ${draw.name}, which has not been written down in Python`,
      ),
  ];
  if (reasons.length > 0) return refused(flavour, reasons);

  const wholes = script.draws.map((draw) => wholeText(draw, settingsOfGame));
  const hasWhole = game.reads && wholes.length > 0 && wholes.every((text) => text !== undefined);
  const scheme = schemes[experiment.scheme.kind](part('scheme'), { ...draft, hasWhole });
  const counts = game.reads || asks.has('draws') || asks.has('ritz');

  // ---- words that the texts use for what differs
  const strip = (text: string) => {
    if (game.reads) return text;
    const line = counts ? '$1now.drawn += 1\n' : '';
    return text.replace(/^( *)\w*batch = next_batch\(\).*\n/gm, line).replace(/, \w*batch\b/g, '');
  };
  const finish = (text: string) =>
    strip(inFlavour(text, flavour))
      .replaceAll('ARRAY(', isTorch ? 'tensor(' : '(')
      .replaceAll('EIGENVALUES(', 'eigenvalues(');

  // ---- rules
  const classes = new Map<string, string>();
  const readBy = new Map<string, Set<string>>();
  const layers: string[] = [];
  const makers: string[] = [];
  const ruleOf = (owner: string, settings: Values & { kind: string }): { name: string; layers: boolean } => {
    const entry = entryOf(ruleEntries, settings);
    const said = `${entry.formula}  (${sourceOf(entry)})`;
    const build = (name: string) => {
      const made = rules[settings.kind](name, settings, quotable(wrapped(said, 7)));
      let { text } = made;
      const own = text;
      for (const inner of made.inner ?? []) {
        const { name: other, layers: wants } = ruleOf(
          `${owner}.${inner}`,
          settings[inner] as Values & { kind: string },
        );
        text = text.replace(`«${inner}»`, `${other}(size, settings.${inner}${wants ? ', ends' : ''})`);
        if (wants && !made.layers)
          text = text.replace('(self, size, settings)', '(self, size, settings, ends)');
      }
      return { text, own, layers: made.layers === true || text.includes('settings, ends)') };
    };
    const plain = settings.kind.charAt(0).toUpperCase() + settings.kind.slice(1);
    let name = plain;
    let made = build(name);
    while (classes.has(name) && classes.get(name) !== made.text) {
      name = `${name === plain ? plain : name}Too`;
      made = build(name);
    }
    classes.set(name, made.text);
    readBy.set(
      owner,
      new Set([...made.own.matchAll(/\b(?:s|settings)\.(\w+)/g)].map(([, attribute]) => attribute)),
    );
    return { name, layers: made.layers };
  };
  if (usesRules) {
    const ends = layerEnds(script);
    for (const player of players) {
      const { name, layers: wants } = ruleOf(player, part(player));
      const size = player === 'generator' ? 'SPLIT' : 'SIZE - SPLIT';
      if (wants) layers.push(`    "${player}": [${ends[player].join(', ')}],`);
      makers.push(`        "${player}": ${name}(${size}, ${player}${wants ? `, LAYERS["${player}"]` : ''}),`);
    }
  }

  // ---- the optimizer
  const clip = has('clipping') ? clippings[part('clipping').kind](part('clipping')) : undefined;
  const isJoint = clip !== undefined && part('clipping').whose === 'joint';
  const hasConstraint = has('constraint');
  const hasSchedule = has('schedule');
  const factor = hasSchedule ? 'rate_factor() * ' : '';
  const changeText = `
def change(w, gradient, player=None${scheme.text.includes('rules=') ? ', rules=None' : ''}):
    """What the players' rules make of a gradient: what is to be added to the point."""
${scheme.text.includes('rules=') ? '    rules = rules or globals()["rules"]\n' : ''}${isJoint ? "    if player is None:\n        gradient = clipped(gradient)  # by the length of both players' gradients together\n" : ''}    out = np.zeros(SIZE)
    for each in [player] if player else PLAYERS:
        g = gradient[HALF[each]]
${clip ? (isJoint ? '        if player is not None:\n            g = clipped(g)\n' : '        g = clipped(g)\n') : ''}        out[HALF[each]] = ${factor}rules[each].change(g, w[HALF[each]])
    return out
`;
  const moveText = `
def move(w, by, scale=1.0, player=None):
    """The point with a change added, of one player if asked${hasConstraint ? ', and kept within bounds' : ''}."""
    w = w.copy()
    part = HALF[player] if player else slice(None)
    w[part] += scale * by[part]
${hasConstraint ? '    project(w, player)\n' : ''}    return w
`;
  const quotient = `
def quotient(a, b):
    """a / b, and 0 where b is 0: no gradient yet, no move."""
    return a / np.where(b == 0, np.inf, b)
`;
  const rateText = `
def rate(player):
    """A player's learning rate in this step."""
    return ${factor}{"generator": ${rateName('generator', part('generator'))}, "discriminator": ${rateName('discriminator', part('discriminator'))}}[player]
`;
  const lookahead = has('lookahead') ? lookaheads[part('lookahead').kind](part('lookahead')) : undefined;
  const averaging = has('averaging') ? averages[part('averaging').kind](part('averaging')) : undefined;
  const ruleTexts = [...classes.values()];
  const optimizerText = finish(
    block(
      ...(ruleTexts.some((text) => text.includes('quotient(')) ? [quotient] : []),
      ...ruleTexts,
      ...(layers.length > 0
        ? [`# Where each layer ends in its player's parameters.\nLAYERS = {\n${layers.join('\n')}\n}`]
        : []),
      ...(usesRules
        ? [
            `def new_rules():\n    """Both players' rules with empty memories."""\n    return {\n${makers.join('\n')}\n    }`,
          ]
        : []),
      ...(hasSchedule ? [schedules[part('schedule').kind]] : []),
      ...(clip ? [clip] : []),
      ...(usesRules ? [changeText] : []),
      ...(hasConstraint && usesRules ? [constraints[part('constraint').kind](part('constraint'))] : []),
      ...(usesRules ? [moveText] : []),
      ...(asks.has('rate') ? [rateText] : []),
      ...(asks.has('gmres') ? [gmres] : []),
      ...(asks.has('ritz') ? [ritz] : []),
      ...(bent ? [bent.text] : []),
      scheme.text,
      ...(lookahead ? [lookahead.text] : []),
      ...(averaging ? [averaging.text] : []),
    ),
  );

  // ---- draws
  const helpers = new Set<string>();
  const collect = ({ helpers: more = [], arrays = {} }: DrawText) => {
    for (const [name, { values, shape }] of Object.entries(arrays))
      helpers.add(`${name} = ${arrayText(values, shape)}`);
    for (const helper of more) helpers.add(helper);
  };
  const stored = drawn.flatMap(({ text }) => (text?.set ? [setText(text.set, options)] : []));
  for (const { helper } of stored) helpers.add(helper);
  for (const { text } of drawn) collect(text as DrawText);
  const tensor = (expression: string) => (isTorch ? `tensor(${expression})` : expression);
  const batchOf = (expressions: readonly (string | undefined)[]) =>
    script.draws
      .map(({ name }, i) => `        ${snake(name)}=${tensor(expressions[i] as string)},`)
      .join('\n');
  const drawsText = game.reads
    ? block(
        `def stream(purpose):\n    """The stream of a purpose, for the batch that is drawn now."""\n    return Stream(SEED, purpose, now.step, now.drawn)`,
        ...helpers,
        `def next_batch():
    """The next batch of this step: whatever was drawn before, it is the one named by (step, draw)."""
    now.batch = Settings(
${batchOf(drawn.map(({ text }) => text?.expression))}
    )
    now.drawn += 1
    return now.batch`,
        ...(hasWhole && scheme.text.includes('whole_batch')
          ? [
              `def whole_batch():\n    """Stands for all of the data at once."""\n    return Settings(\n${batchOf(wholes)}\n    )`,
            ]
          : []),
      )
    : '';
  const asksChance = asks.has('chance') || averaging?.asksChance === true;
  const chanceText = asksChance
    ? `def chance(i):\n    """The i-th uniform number of this step."""\n    return Stream(SEED, "chance", now.step).uniforms(16)[i]`
    : '';

  // ---- where it begins
  const starts = script.parameters.map(({ player, name, shape, initial }) => ({
    of: `${player} ${name}`,
    ...startText(experiment.seed, `init.${player}.${name}`, shape, initial, experiment.game),
  }));
  const states = script.states.map(({ name, shape, initial }) => ({
    name: snake(name),
    isNumber: shape.length === 0,
    ...startText(experiment.seed, `init.state.${name}`, shape, initial, experiment.game),
  }));
  const startHelpers = new Set([...starts, ...states].flatMap(({ helper }) => (helper ? [helper] : [])));
  const isShort = script.parameters.every(({ shape }) => shape.length === 0);
  const first = isShort
    ? tensor(`np.array([${starts.map(({ expression }) => expression).join(', ')}], dtype=np.float64)`)
    : tensor(`np.concatenate([np.ravel(part) for part in first_values()])`);
  const firstValues = `def first_values():
    """Where both players' parameters begin, in their order."""
    return (
${starts.map(({ of, expression }) => `        ${indented(expression, 8).trimStart()},${expression.includes('init.') ? '' : `  # ${of}`}`).join('\n')}
    )`;
  const memory = { ...scheme.memory, ...bent?.memory };
  const stateLine =
    states.length > 0
      ? `state = Settings(\n${states.map(({ name, isNumber, expression }) => `    ${name}=${isNumber ? (isTorch ? tensor(expression) : `np.float64(${expression})`) : tensor(expression)},`).join('\n')}\n)`
      : '';

  const constants = game.constants.map(({ name, values, shape }) => ({
    name,
    expression: constantText(values, shape, settingsOfGame),
  }));
  const needsStreams =
    game.reads ||
    asksChance ||
    asks.has('draws') ||
    asks.has('ritz') ||
    [...starts, ...states, ...constants].some(({ expression }) => expression.includes('Stream('));

  const remember =
    game.remember.length > 0
      ? `def remember(w):
    """What the game itself remembers, read on the step's last batch at the new point."""
${game.remember.map((line) => indented(line)).join('\n')}`
      : '';

  const wText = isTorch ? '*unpack(w[:SPLIT], w[SPLIT:])' : '*unpack(w)';
  const asNumber = (value: string) =>
    isTorch ? `float(torch.as_tensor(${value}).detach())` : `float(${value})`;
  const lossesText = strip(`def losses(w, batch):
    """What both players minimise, as numbers."""
    return {
        "generator": ${asNumber(`generator_loss(${wText}, batch)`)},
        "discriminator": ${asNumber(`discriminator_loss(${wText}, batch)`)},
    }`);
  const accuracyText = asks.has('accuracy')
    ? strip(
        `def told_apart(w, batch):\n    """The share of samples that the discriminator tells apart${game.model.accuracy ? '' : ': unknown here'}."""\n    return ${game.model.accuracy ? `float(accuracy(${wText}, batch))` : 'math.nan'}`,
      )
    : '';

  const loop = loopText({
    hasBatches: counts && game.reads,
    remembers: remember !== '',
    looksBack: lookahead !== undefined,
    averages: averaging !== undefined,
    changes: '«changes»',
    isTorch,
    isLong: isOfPictures,
  });

  const body = [
    title('The game'),
    '',
    game.text,
    '',
    '',
    block(lossesText, accuracyText),
    '',
    '',
    title('The optimizer'),
    'PLAYERS = ("generator", "discriminator")',
    '',
    '',
    optimizerText,
    '',
    needsStreams ? streams.trimEnd() : '',
    '',
    '',
    block(drawsText, chanceText),
    '',
    '',
    title('The run'),
    '',
    '',
    block(...startHelpers, ...(isShort ? [] : [firstValues])),
    '',
    '',
    ...constants.map(({ name, expression }) => `${name} = ${tensor(expression)}`),
    '',
    '',
    `START = ${first}`,
    ...(usesRules ? ['rules = new_rules()'] : []),
    ...Object.entries(memory).map(([name, made]) => finish(`${name} = ${made}`)),
    ...(lookahead ? [finish(lookahead.memory)] : []),
    ...(averaging ? [finish(averaging.memory)] : []),
    stateLine,
    'now = Settings(step=0, drawn=0)  # steps taken, and batches drawn in the present one',
    '',
    '',
    block(remember),
    '',
    '',
    loop,
    '',
    '',
    mainText(
      script.size,
      game.hasGenerator,
      game.reads,
      averaging !== undefined,
      isTorch,
      game.model.picture,
    ),
    '',
    '',
    block(...stored.map(({ data }) => data)),
    '',
    '',
    lastLines,
  ].join('\n');

  const settings = settingsText(experiment, body, (owner) => readBy.get(owner) ?? new Set());
  const told = changesText(experiment, options.changes ?? [], settings.known);
  const notes = [
    ...(options.precision === 'float32' ? [SINGLE] : []),
    ...told.notes,
    ...(options.alone ?? []).map(
      ({ step, steps: count, player }) =>
        `In ${count === 1 ? `step ${step + 1}` : `steps ${step + 1} to ${step + count}`} of the run the ${player} alone moved; here both players move.`,
    ),
  ];
  const changed =
    told.text === ''
      ? ''
      : `        for at, part, values in CHANGES:
            if at == now.step:
                vars(part).update(values)
`;
  const whole = [
    docstring(
      experiment,
      gameEntry,
      flavour,
      notes,
      stored.flatMap(({ file }) => file ?? []),
    ),
    imports(isTorch, body),
    '',
    `SEED = ${experiment.seed}`,
    `STEPS = ${steps}`,
    ...(isTorch
      ? [
          `PRECISION = torch.float64  # ${precisions[options.precision ?? 'unknown']}; torch.float32 is faster`,
          'DEVICE = "cpu"  # or "cuda"',
        ]
      : []),
    '',
    settings.text,
    '',
    told.text,
    '',
    ...(isTorch
      ? [
          'torch.set_default_dtype(PRECISION)',
          'torch.set_default_device(DEVICE)',
          '',
          '',
          'def tensor(array):\n    """An array of NumPy where and as PyTorch computes."""\n    return torch.tensor(array, dtype=PRECISION, device=DEVICE)',
          '',
          '',
        ]
      : []),
    ...(body.includes('eigenvalues(')
      ? [
          'def eigenvalues(rows):\n    """Of a small matrix, as complex numbers."""\n    return np.linalg.eigvals(np.array(rows)).tolist() if rows else []',
          '',
          '',
        ]
      : []),
    body.replace('«changes»', changed),
  ].join('\n');
  return {
    text: `${tidied(whole)}\n`,
    flavour,
    problems: [],
    notes,
  };
}

const setText = (name: StoredName, { files = {}, site }: Options) => {
  const file = heldFile(name);
  return storedText(name, file === undefined ? undefined : files[file], site);
};

/** The files that the script of an experiment holds itself, where `Options.files` gives their contents. */
export function filesWithin({ game }: Experiment): readonly string[] {
  if (game.kind !== 'images') return [];
  const { dataset } = game;
  const { set } = pictureSets[dataset.kind]?.(dataset as unknown as Values) ?? {};
  const file = set && heldFile(set);
  return file === undefined ? [] : [file];
}

/** At most two empty lines in a row, one before what is no definition. */
const tidied = (text: string) =>
  text
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{4,}/g, '\n\n\n')
    .trim();

const rateName = (player: Player, { kind }: { kind: string }) =>
  `${player}${kind === 'graft' ? '.magnitude' : ''}.learning_rate`;

/** Where each player's layers end in its own vector: parameters are one layer up to the last dot of their names. */
function layerEnds({
  parameters,
  split,
  size,
}: ReturnType<typeof gameText>['script']): Record<Player, number[]> {
  const ends: Record<Player, number[]> = { generator: [], discriminator: [] };
  const layerOf = (name: string) => name.slice(0, Math.max(0, name.lastIndexOf('.'))) || name;
  parameters.forEach(({ player, name }, at) => {
    const following = parameters[at + 1];
    if (following?.player === player && layerOf(following.name) === layerOf(name)) return;
    ends[player].push((following?.offset ?? size) - (player === 'generator' ? 0 : split));
  });
  return ends;
}
