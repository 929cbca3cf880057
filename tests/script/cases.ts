/** The runs that exported scripts are compared with: every entry of every kind, with every word of its settings. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { adjustments } from '../../src/catalog/adjustments/index.ts';
import { averages } from '../../src/catalog/averages/index.ts';
import { clippings } from '../../src/catalog/clippings/index.ts';
import { constraints } from '../../src/catalog/constraints/index.ts';
import type { Alone } from '../../src/catalog/course.ts';
import { readHistory } from '../../src/catalog/courseText.ts';
import { datasets } from '../../src/catalog/datasets/index.ts';
import { type Experiment, experiment as schema } from '../../src/catalog/experiment.ts';
import { foresights } from '../../src/catalog/foresights/index.ts';
import { games } from '../../src/catalog/games/index.ts';
import { imageSets } from '../../src/catalog/images/index.ts';
import type { Sourced } from '../../src/catalog/kinds.ts';
import { lookaheads } from '../../src/catalog/lookaheads/index.ts';
import { losses } from '../../src/catalog/losses/index.ts';
import { methods } from '../../src/catalog/methods/index.ts';
import { penalties } from '../../src/catalog/penalties/index.ts';
import { presets } from '../../src/catalog/presets/index.ts';
import { rules } from '../../src/catalog/rules/index.ts';
import { schedules } from '../../src/catalog/schedules/index.ts';
import { schemes } from '../../src/catalog/schemes/index.ts';
import { reference } from '../../src/compute/reference/reference.ts';
import { openSession } from '../../src/engine/session.ts';
import { judgedPoint } from '../../src/engine/step.ts';
import { type Change, type Flavour, filesWithin, pythonScript } from '../../src/script/index.ts';
import { parse, withPairs } from '../../src/settings/index.ts';
import { descent, experimentOf, smallGan, smallImages } from '../catalog/given.ts';
import { variantsOf, wordsOf } from '../catalog/variants.ts';
import '../loaded.ts';

const DATA = new URL('../../public/data/', import.meta.url).pathname;

export interface Case {
  readonly name: string;
  readonly experiment: Experiment;
  readonly steps: number;
  /** Settings that count from a step on. */
  readonly changes?: readonly Change[];
  /** Steps of one player alone. */
  readonly alone?: readonly Alone[];
}

type Differences = Readonly<Record<string, unknown>>;

const STEPS = 12;
const GAN_STEPS = 5;

const lists = {
  games,
  datasets,
  losses,
  penalties,
  schemes,
  rules,
  adjustments,
  foresights,
  clippings,
  schedules,
  constraints,
  lookaheads,
  averages,
};
const listed = lists as unknown as Readonly<Record<keyof typeof lists, readonly Sourced[]>>;

/** Each entry with its defaults, and with each word of its settings. */
const variants = (kind: keyof typeof lists) =>
  listed[kind].flatMap((entry) =>
    entry.name === 'none'
      ? []
      : variantsOf(entry.settings, wordsOf).map(({ name, settings }) => ({
          name: `${entry.name}${name === '' ? '' : ` ${name}`}`,
          value: { ...settings, kind: entry.name },
          entry,
        })),
  );

const bilinear: Differences = { game: { kind: 'bilinear' }, ...descent(0.1) };
const direct: Differences = { game: { kind: 'rockPaperScissors', parameters: 'direct' }, ...descent(0.1) };
const noisy: Differences = {
  game: { kind: 'stochasticBilinear', dimension: 4, batchSize: 2 },
  ...descent(0.05),
};
const gan: Differences = { game: smallGan, ...descent(0.05, 0.04) };
const forsaken: Differences = { game: { kind: 'forsaken' }, ...descent(0.05) };

/** Shorter than by default, so that something happens within a few steps. */
const brisk: Readonly<Record<string, Differences>> = {
  lookahead: { steps: 3 },
  nested: { steps: 2, slowSteps: 4 },
  uniform: { restart: 0.3 },
  svre: { epoch: 3 },
  byNorm: { bound: 0.3 },
  byValue: { bound: 0.1 },
  byLargest: { bound: 0.1 },
  box: { bound: 0.9 },
  exponential: { steps: 5 },
  cosine: { steps: 8 },
  inversePower: { steps: 8 },
  warmUp: { steps: 6 },
  radam: { beta2: 0.6 },
};

function optimizerCases(
  part: string,
  kind: keyof typeof lists,
  base: Differences,
  title: string,
  steps: number,
): Case[] {
  return variants(kind).flatMap(({ name, value, entry }) => {
    const needsProbabilities = entry.needs?.includes('probabilities') === true;
    const played = { ...value, ...brisk[entry.name] };
    const rule = part === 'rule' ? { generator: played, discriminator: played } : { [part]: played };
    const given = needsProbabilities ? direct : base;
    if (needsProbabilities && base !== bilinear) return [];
    return [{ name: `${part} ${name} on ${title}`, experiment: experimentOf({ ...given, ...rule }), steps }];
  });
}

const parts = [
  ['scheme', 'schemes'],
  ['rule', 'rules'],
  ['adjustment', 'adjustments'],
  ['foresight', 'foresights'],
  ['clipping', 'clippings'],
  ['schedule', 'schedules'],
  ['constraint', 'constraints'],
  ['lookahead', 'lookaheads'],
  ['averaging', 'averages'],
] as const;

/** Every optimizer's part on a rotation and on a small GAN; what reads the field otherwise also on others. */
const ofParts = parts.flatMap(([part, kind]) => {
  const bends = kind === 'schemes' || kind === 'adjustments';
  return [
    ...optimizerCases(part, kind, bilinear, 'bilinear', STEPS),
    ...(bends ? optimizerCases(part, kind, forsaken, 'forsaken', STEPS) : []),
    ...(bends || kind === 'averages' ? optimizerCases(part, kind, noisy, 'noise', STEPS) : []),
    ...optimizerCases(part, kind, gan, 'gan', GAN_STEPS),
  ];
});

const ofGames = variants('games')
  // GANs in the plane and on pictures have cases of their own.
  .filter(({ entry, name }) => !['gan', 'images'].includes(entry.name) && !/^dirac (loss|penalty)/.test(name))
  .map(({ name, value }) => ({
    name: `game ${name}`,
    experiment: experimentOf({ game: value, scheme: 'extragradient', ...descent(0.02) }),
    steps: STEPS,
  }));

const ganWith = (game: Differences): Experiment => experimentOf({ ...gan, game: { ...smallGan, ...game } });
const network = (settings: Differences) => ({
  generatorNetwork: { kind: 'dense', hidden: [4, 3], activation: 'tanh', ...settings },
  discriminatorNetwork: { kind: 'dense', hidden: [5], activation: 'tanh', ...settings },
});
const dense = [
  ...['relu', 'leakyRelu', 'tanh', 'elu', 'softplus', 'sigmoid'].map((activation) => ({ activation })),
  ...['glorot', 'he', 'orthogonal', 'normal'].map((kind) => ({ initialiser: { kind } })),
  { initialiser: { kind: 'glorot', shape: 'normal', gain: 0.7 } },
  { initialiser: { kind: 'orthogonal', gain: 0.8 } },
  { biases: false },
  { firstBias: 0.3 },
  { inputScale: 0.25 },
  { normalisation: 'batch' },
  { spectral: true },
  { hidden: [] },
];
const regularisations = [
  { instanceNoise: 0.1 },
  { instanceNoise: 0.1, annealing: 3 },
  { packing: 2 },
  { packing: 5 },
  { weightDecay: 0.1 },
  { historicalAveraging: true, history: 1 },
];
const ofGans: Case[] = [
  ...variants('datasets').map(({ name, value }) => ({
    name: `dataset ${name}`,
    experiment: ganWith({ dataset: value }),
  })),
  ...variants('losses').map(({ name, value }) => ({
    name: `loss ${name}`,
    experiment: ganWith({ loss: value }),
  })),
  ...variants('penalties').map(({ name, value }) => ({
    name: `penalty ${name}`,
    experiment: ganWith({ penalty: value }),
  })),
  ...variants('losses').map(({ name, value }) => ({
    name: `dirac loss ${name}`,
    experiment: experimentOf({ game: { kind: 'dirac', loss: value }, ...descent(0.1) }),
  })),
  ...variants('penalties').map(({ name, value }) => ({
    name: `dirac penalty ${name}`,
    experiment: experimentOf({ game: { kind: 'dirac', penalty: value }, ...descent(0.1) }),
  })),
  ...dense.map((settings) => ({
    name: `network ${JSON.stringify(settings)}`,
    experiment: ganWith(network(settings)),
  })),
  {
    name: 'network with minibatch kernels',
    experiment: ganWith({ discriminatorNetwork: { kind: 'dense', hidden: [5], kernels: 3 } }),
  },
  ...regularisations.map((regularisation) => ({
    name: `regularisation ${JSON.stringify(regularisation)}`,
    experiment: ganWith({ regularisation }),
  })),
  ...['generator', 'discriminator'].map((frozen) => ({
    name: `${frozen} held fixed`,
    experiment: ganWith({ frozen }),
  })),
  { name: 'uniform noise', experiment: ganWith({ latent: 'uniform' }) },
  { name: 'unbalanced data', experiment: ganWith({ dataset: { kind: 'ring', balanced: false } }) },
  { name: 'a large seed', experiment: { ...ganWith({}), seed: 2 ** 40 + 5 } },
  {
    name: 'consensus of a penalised GAN',
    experiment: experimentOf({
      ...gan,
      game: { ...smallGan, loss: 'wasserstein', penalty: 'gradientPenalty' },
      adjustment: { kind: 'consensus', control: { kind: 'fixed', weight: 0.1 } },
    }),
  },
  {
    name: 'consensus of a foreseeing GAN',
    experiment: experimentOf({
      ...gan,
      foresight: { kind: 'unrolled', steps: 2, rate: 0.1, through: false },
      adjustment: { kind: 'consensus', control: { kind: 'fixed', weight: 0.1 } },
    }),
  },
].map((each) => ({ ...each, steps: GAN_STEPS }));

/** Presets whose steps are too long for a test: they differ from others by sizes only. */
const LONG =
  /Full$|^unrolled|^numerics|^packed|^wgan|^locally|^symplectic|^negative|^prediction|^competitive|^landscape/;
const ofPreset = presets.map(({ name, experiment }) => ({ name, values: parse(schema, experiment).values }));
const ofPresets = ofPreset.map(({ name, values }) => {
  const isGan = values.game.kind === 'gan' || values.game.kind === 'images';
  // Small batches and layers play the same script.
  const small = LONG.test(name) || values.game.kind === 'images' ? shrunk(values) : values;
  return { name: `preset ${name}`, experiment: small, steps: isGan ? 3 : 30 };
});

function shrunk(values: Experiment): Experiment {
  const { game } = values;
  if (game.kind !== 'gan' && game.kind !== 'images') return values;
  const sizes = { batchSize: 16, latentSize: Math.min(game.latentSize, 8) };
  const pairs = [
    ...Object.entries(sizes).map(([name, size]) => [`game.${name}`, String(size)] as const),
    ...(['generatorNetwork', 'discriminatorNetwork'] as const).map((name) => {
      const network = game[name];
      return network.kind === 'dense'
        ? ([`game.${name}.hidden`, network.hidden.map(() => 6).join(',')] as const)
        : ([`game.${name}.channels`, '2'] as const);
    }),
  ];
  return withPairs(schema, values, pairs).values;
}

/** Small pictures, and networks of a few channels. */
const picturesWith = (game: Differences): Experiment =>
  experimentOf({ game: { ...smallImages, ...game }, ...descent(0.05, 0.04) });
const filters = (settings: Differences, size: Differences = { dataset: { kind: 'bars', side: '8' } }) => ({
  ...size,
  generatorNetwork: { kind: 'convolutional', channels: 2, ...settings },
  discriminatorNetwork: { kind: 'convolutional', channels: 2, ...settings },
});
const odd = { dataset: { kind: 'gratings', side: '14' } };
const residual = { blocks: 'residual', halvings: 1 };
const ofPictures: Case[] = [
  ...imageSets
    .filter(({ name }) => name !== 'own')
    .map(({ name }) => ({ name: `pictures ${name}`, experiment: picturesWith({ dataset: name }) })),
  ...[{ only: [3, 7] }, { most: 20 }, { only: [1], most: 5 }, { only: [3, 3, 5], most: 1 }].map(
    (dataset) => ({
      name: `pictures ${JSON.stringify(dataset)}`,
      experiment: picturesWith({ dataset: { kind: 'digits8', ...dataset } }),
    }),
  ),
  ...[
    { growing: 'nearest' },
    residual,
    { ...residual, normalisation: 'none' },
    { normalisation: 'layer' },
    { normalisation: 'instance' },
    { spectral: true },
    { activation: 'tanh', halvings: 3 },
    ...['glorot', 'he', 'orthogonal'].map((kind) => ({ initialiser: { kind } })),
  ].map((settings) => ({
    name: `filters ${JSON.stringify(settings)}`,
    experiment: picturesWith(filters(settings)),
  })),
  ...[{}, { growing: 'nearest' }, { ...residual, halvings: 3 }, { halvings: 3, spectral: true }].map(
    (settings) => ({
      name: `filters of odd sides ${JSON.stringify(settings)}`,
      experiment: picturesWith(filters(settings, odd)),
    }),
  ),
  {
    name: 'filters with a penalty',
    experiment: picturesWith({ ...filters({ normalisation: 'layer' }), penalty: 'gradientPenalty' }),
  },
  {
    name: 'filters that judge two',
    experiment: picturesWith({ ...filters({}), penalty: 'zeroCentred', regularisation: { packing: 2 } }),
  },
  { name: 'filters that rebuild', experiment: picturesWith({ ...filters({ code: 3 }), loss: 'began' }) },
].map((each) => ({ ...each, steps: 3 }));

const ofMethods = methods.map(({ name, optimizer }) => ({
  name: `method ${name}`,
  experiment: experimentOf({ game: { kind: 'bilinear' }, ...optimizer }),
  steps: STEPS,
}));

const turned = (
  base: Differences,
  later: Differences,
  step: number,
): Pick<Case, 'experiment' | 'changes'> => ({
  experiment: experimentOf(base),
  changes: [{ step, experiment: experimentOf({ ...base, ...later }) }],
});
const adam = (learningRate: number, beta1: number) => ({ kind: 'adam', learningRate, beta1 });
const ofChanges: Case[] = [
  { name: 'changed rates', steps: STEPS, ...turned(bilinear, descent(0.2, 0.3), 4) },
  { name: 'changed game', steps: STEPS, ...turned(bilinear, { game: { kind: 'bilinear', strength: 2 } }, 7) },
  {
    name: 'changed moments',
    steps: STEPS,
    ...turned({ ...bilinear, generator: adam(0.1, 0.5) }, { generator: adam(0.05, 0.2) }, 5),
  },
];

/** Every part of an optimizer while one player alone moves, first and later, and one after the other. */
const alone: readonly Alone[] = [
  { step: 0, steps: 1, player: 'generator' },
  { step: 3, steps: 2, player: 'discriminator' },
  { step: 5, steps: 1, player: 'generator' },
];
const ofAlone: Case[] = [
  ...parts.flatMap(([part, kind]) => optimizerCases(part, kind, bilinear, 'one player', STEPS)),
  ...optimizerCases('scheme', 'schemes', gan, 'one player of a gan', 7),
  ...optimizerCases('adjustment', 'adjustments', gan, 'one player of a gan', 7),
  {
    name: 'one player within bounds',
    experiment: experimentOf({ ...bilinear, constraint: { kind: 'box', bound: 0.9 } }),
    steps: STEPS,
  },
].map((each) => ({ ...each, alone }));

/** What a link holds of a lane that was branched off: numbers that changed, and who moved alone, in any order. */
const ofHistories: Case[] = [
  'preset=bilinear&history=1!4:generator.learningRate:0.2!6:alone:generator*2!7:discriminator.learningRate:0.05~game.strength:1.5!8:alone:discriminator*1',
  'preset=forsaken&history=1!3:alone:discriminator*3!10:generator.learningRate:0.02',
].map((link, i) => {
  const [preset, history] = link.split('&history=');
  const experiment = ofPreset.find(({ name }) => preset === `preset=${name}`)!.values;
  const course = readHistory(history, experiment, 'history', [])!;
  return {
    name: `history ${i}`,
    experiment,
    steps: STEPS,
    changes: course.settings.slice(1),
    alone: course.alone,
  };
});

export const cases: readonly Case[] = [
  ...ofParts,
  ...ofGames,
  ...ofGans,
  ...ofPictures,
  ...ofPresets,
  ...ofMethods,
  ...ofChanges,
  ...ofAlone,
  ...ofHistories,
];

/** Letters and digits only, so that a case is a file. */
export const fileName = (name: string) =>
  name
    .replace(/[^\w]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 120);

/** Steps multiply rounding: a few hundred times over runs of this length. */
const TOLERANCE = 1e-12;
/** Sums over a batch in another order, and functions of another library: then tens of steps of Adam. */
const GAN_TOLERANCE = 1e-10;

/** Every point that the engine passes, and the average at the end. */
export function played({ experiment, steps, changes = [], alone = [] }: Case) {
  const session = openSession(experiment, reference);
  const points = [[...session.state.point]];
  for (let step = 0; step < steps; step++) {
    for (const change of changes) if (change.step === step) session.change(change.experiment);
    const mover = alone.find((each) => each.step <= step && step < each.step + each.steps)?.player;
    if (session.advance(1, undefined, mover) === 0) break;
    points.push([...session.state.point]);
  }
  const average =
    experiment.averaging.kind === 'none' ? undefined : [...judgedPoint(session.state, experiment)];
  const { draws } = session.scene.script;
  session.dispose();
  return { steps, points, average, tolerance: draws.length > 0 ? GAN_TOLERANCE : TOLERANCE };
}

/** The files that the script of an experiment holds itself. */
export const filesOf = (experiment: Experiment): Readonly<Record<string, Uint8Array>> =>
  Object.fromEntries(filesWithin(experiment).map((file) => [file, readFileSync(join(DATA, file))]));

/** Writes the script and the run of each case into a folder; names -> cases. */
export function writeCases(
  folder: string,
  flavour: Flavour,
  chosen: readonly Case[] = cases,
): Map<string, Case> {
  mkdirSync(folder, { recursive: true });
  const written = new Map<string, Case>();
  for (const one of chosen) {
    const { text, problems } = pythonScript(one.experiment, {
      steps: one.steps,
      flavour,
      changes: one.changes,
      alone: one.alone,
      files: filesOf(one.experiment),
    });
    if (problems.length > 0) throw new Error(`${one.name}: ${problems.join(' ')}`);
    const name = fileName(one.name);
    if (written.has(name)) throw new Error(`two cases are called ${name}`);
    written.set(name, one);
    writeFileSync(join(folder, `${name}.py`), text);
    for (const [, file] of text.matchAll(/\bload\(\s*"(.+?)"/g))
      copyFileSync(join(DATA, file), join(folder, file));
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(played(one)));
  }
  return written;
}
