/** Puts a script together: what the experiment uses, and nothing else. */
import type { Experiment } from '../catalog/experiment.ts';
import { games } from '../catalog/games/index.ts';
import { aloneText, heldText, movesAlone } from './alone.ts';
import { batchesText } from './batches.ts';
import { type BeginText, beginText } from './begin.ts';
import { docstring, entryOf, imports, lastLines, mainText, runText } from './frame.ts';
import { type OptimizerText, optimizerText } from './optimizer.ts';
import { block, flavourOf, type Options, type Plan, planOf, withoutBatches } from './plan.ts';
import { changesText, settingsText } from './settings.ts';
import type { StoredText } from './stored.ts';
import { streams } from './streams.ts';
import { type Flavour, indented } from './words.ts';

export interface PythonScript {
  readonly text: string;
  readonly flavour: Flavour;
  /** Why there is no script that plays this experiment, one sentence each; `text` is empty then. */
  readonly problems: readonly string[];
  /** What the script leaves out of the run, one sentence each; it says so itself. */
  readonly notes: readonly string[];
  /** Those of what was changed in the run and is not in the script. */
  readonly unplayed: readonly string[];
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

const title = (text: string) => `# ---- ${text} ${'-'.repeat(Math.max(3, 91 - text.length))}`;

/** Stands where the loop changes settings, until it is known which of them the script reads. */
const CHANGES = '«changes»';

export function assemble(experiment: Experiment, options: Options): PythonScript {
  const plan = planOf(experiment, options);
  if (!('experiment' in plan)) {
    const problems = plan.map((reason) => `There is no Python script for this run: ${reason}.`);
    return { text: '', flavour: flavourOf(experiment, options), problems, notes: [], unplayed: [] };
  }
  const optimizer = optimizerText(plan);
  const batches = batchesText(plan);
  const body = bodyText(plan, optimizer, batches.text, beginText(plan), batches.stored);
  const settings = settingsText(experiment, body, (owner) => optimizer.readBy.get(owner) ?? new Set());
  const changes = changesText(experiment, options.changes ?? [], settings.known);
  const notes = [...(options.precision === 'float32' ? [SINGLE] : []), ...changes.notes];
  const changing = `        for at, part, values in CHANGES:
            if at == now.step:
                vars(part).update(values)
`;
  const files = batches.stored.flatMap(({ file }) => file ?? []);
  const whole = [
    docstring(experiment, entryOf(games, experiment.game), plan.flavour, notes, files),
    imports(plan.isTorch, body),
    '',
    `SEED = ${experiment.seed}`,
    `STEPS = ${options.steps ?? STEPS}`,
    ...(plan.isTorch
      ? [
          `PRECISION = torch.float64  # ${precisions[options.precision ?? 'unknown']}; torch.float32 is faster`,
          'DEVICE = "cpu"  # or "cuda"',
        ]
      : []),
    '',
    settings.text,
    '',
    changes.text,
    aloneText(plan),
    '',
    ...(plan.isTorch ? torchHead : []),
    ...(body.includes('eigenvalues(') ? eigenvalues : []),
    body.replace(CHANGES, changes.text === '' ? '' : changing),
  ].join('\n');
  return { text: `${tidied(whole)}\n`, flavour: plan.flavour, problems: [], notes, unplayed: changes.notes };
}

const torchHead = [
  'torch.set_default_dtype(PRECISION)',
  'torch.set_default_device(DEVICE)',
  '',
  '',
  'def tensor(array):\n    """An array of NumPy where and as PyTorch computes."""\n    return torch.tensor(array, dtype=PRECISION, device=DEVICE)',
  '',
  '',
];
const eigenvalues = [
  'def eigenvalues(rows):\n    """Of a small matrix, as complex numbers."""\n    return np.linalg.eigvals(np.array(rows)).tolist() if rows else []',
  '',
  '',
];

/** All but the head, whose settings are those that this reads. */
function bodyText(
  plan: Plan,
  optimizer: OptimizerText,
  batches: string,
  begin: BeginText,
  stored: readonly StoredText[],
): string {
  const { game, asks, counts, isTorch, lookahead, averaging } = plan;
  const { script } = game;
  const needsStreams =
    game.reads || begin.draws || ['chance', 'draws', 'ritz'].some((asked) => asks.has(asked));
  const loop = runText({
    hasBatches: counts && game.reads,
    remembers: game.remember.length > 0,
    looksBack: lookahead !== undefined,
    averages: averaging !== undefined,
    holds: movesAlone(plan),
    changes: CHANGES,
    isTorch,
    isLong: plan.experiment.game.kind === 'images',
  });
  return [
    title('The game'),
    '',
    game.text,
    '',
    '',
    block(...valueTexts(plan)),
    '',
    '',
    title('The optimizer'),
    'PLAYERS = ("generator", "discriminator")',
    '',
    '',
    optimizer.text,
    '',
    needsStreams ? streams.trimEnd() : '',
    '',
    '',
    batches,
    '',
    '',
    title('The run'),
    '',
    '',
    block(...begin.definitions),
    '',
    '',
    ...begin.constants,
    '',
    '',
    ...begin.memories,
    `now = Settings(step=0, drawn=0${movesAlone(plan) ? ', mover=None' : ''})  # steps taken, and batches drawn in the present one`,
    '',
    '',
    block(rememberText(plan), heldText(plan)),
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
}

/** What is told of a point: both losses, and how well samples are told apart where somebody asks. */
function valueTexts(plan: Plan): string[] {
  const { isTorch, asks, game } = plan;
  const point = isTorch ? '*unpack(w[:SPLIT], w[SPLIT:])' : '*unpack(w)';
  const asNumber = (value: string) =>
    isTorch ? `float(torch.as_tensor(${value}).detach())` : `float(${value})`;
  const losses = `def losses(w, batch):
    """What both players minimise, as numbers."""
    return {
        "generator": ${asNumber(`generator_loss(${point}, batch)`)},
        "discriminator": ${asNumber(`discriminator_loss(${point}, batch)`)},
    }`;
  const { accuracy } = game.model;
  const toldApart = `def told_apart(w, batch):\n    """The share of samples that the discriminator tells apart${accuracy ? '' : ': unknown here'}."""\n    return ${accuracy ? `float(accuracy(${point}, batch))` : 'math.nan'}`;
  return [losses, ...(asks.has('accuracy') ? [toldApart] : [])].map((text) => withoutBatches(text, plan));
}

const rememberText = ({ game: { remember } }: Plan) =>
  remember.length > 0
    ? `def remember(w):
    """What the game itself remembers, read on the step's last batch at the new point."""
${remember.map((line) => indented(line)).join('\n')}`
    : '';

/** At most two empty lines in a row, one before what is no definition. */
const tidied = (text: string) =>
  text
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{4,}/g, '\n\n\n')
    .trim();
