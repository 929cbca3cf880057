/** Which choices of an experiment have no meaning beside each other, or do nothing: said before it runs. */
import { players } from '../math/field.ts';
import { defaults, entryOf, get, isSame, walk } from '../settings/index.ts';
import { type Experiment, experiment as schema } from './experiment.ts';
import { games } from './games/index.ts';
import type { Game, Need, Scheme, Sourced } from './kinds.ts';
import { schemes } from './schemes/index.ts';

/** The experiment runs all the same. */
export interface Objection {
  /** Of the setting that it is about. */
  readonly path: string;
  /** One sentence: what is wrong, and what to choose instead. */
  readonly message: string;
}

export function objections(experiment: Experiment): Objection[] {
  const unmet = walk(schema, experiment).flatMap(({ path, setting, value }) => {
    if (setting.type !== 'choice') return [];
    const entry = entryOf(setting, (value as { kind: string }).kind) as Partial<Sourced> | undefined;
    return (entry?.needs ?? [])
      .filter((need) => !needs[need].isMet(experiment))
      .map((need) => ({ path, message: sentence(`${entry?.label}: ${needs[need].message}.`) }));
  });
  const others = doubts
    .filter((doubt) => doubt.arises(experiment))
    .map(({ path, message }) => ({ path, message }));
  return [...unmet, ...others];
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const gameOf = ({ game }: Experiment) => games.find(({ name }) => name === game.kind) as unknown as Game;
const schemeOf = ({ scheme }: Experiment) =>
  schemes.find(({ name }) => name === scheme.kind) as unknown as Scheme;
const offers = (need: Need) => (experiment: Experiment) =>
  gameOf(experiment).offers?.(experiment.game)?.includes(need) ?? false;

/** What each need is, and what is to be done where it is not met. */
const needs: Readonly<Record<Need, { isMet(experiment: Experiment): boolean; message: string }>> = {
  probabilities: {
    isMet: offers('probabilities'),
    message:
      'this is for players who move probabilities; choose rock, paper, scissors with game.parameters=direct, or something else than this',
  },
  reconstruction: {
    isMet: offers('reconstruction'),
    message: 'the discriminator of this game rebuilds nothing; choose another loss, or the GAN in the plane',
  },
  features: {
    isMet: offers('features'),
    message:
      'there is no hidden layer whose features could be matched; give the discriminator one, or choose another loss',
  },
  accuracy: {
    isMet: offers('accuracy'),
    message:
      'no samples are told apart here, so both players always move; choose another pace, or the GAN in the plane with another loss than BEGAN',
  },
  finiteData: {
    isMet: offers('finiteData'),
    message:
      'there is no finite set of data whose full gradient could be taken, so one batch stands in; choose the stochastic bilinear game, or extragradient',
  },
  bothLearn: {
    isMet: (experiment) => (get(experiment, 'game.frozen') ?? 'none') === 'none',
    message: 'this looks ahead of a player who is held fixed; choose game.frozen=none, or do without it',
  },
  boundedSlope: {
    // The critics of the analytic games are lines and parabolas: there it is a game of its own, unbounded.
    isMet: (experiment) => experiment.game.kind !== 'gan' || hasBoundedSlope(experiment),
    message:
      'without a bound on the discriminator’s slope this is no distance; choose a penalty, spectral norm, or a box for the discriminator',
  },
};

function hasBoundedSlope({ game, constraint }: Experiment): boolean {
  const isClipped = constraint.kind === 'box' && constraint.whose !== 'generator';
  const isPenalised = get(game, 'penalty.kind') !== 'none' && get(game, 'penalty.weight') !== 0;
  return isClipped || isPenalised || get(game, 'discriminatorNetwork.spectral') === true;
}

const isRuleless = (experiment: Experiment) => schemeOf(experiment).usesRules === false;
const rulelessMessage = (what: string) =>
  `Players who answer by whole actions do not use ${what}; leave this out, or choose another scheme.`;

/** One sample is its own mean, and has no other to be compared with. */
const rowsOf = ({ game }: Experiment) =>
  game.kind === 'gan'
    ? Math.floor(game.batchSize / Math.min(game.batchSize, game.regularisation.packing))
    : 0;
/** Rules for which a gradient and a multiple of it are the same. */
const sizeFree = new Set(['normalized']);
const usual = defaults(schema);

/** What is about more than one entry and its surroundings. */
const doubts: readonly (Objection & { arises(experiment: Experiment): boolean })[] = [
  ...players.map((path) => ({
    path,
    // A rule is always there: only one that somebody chose is worth a word.
    arises: (experiment: Experiment) =>
      isRuleless(experiment) && !isSame(schema.fields[path], usual[path], experiment[path]),
    message:
      'Players who answer by whole actions do not use rules, so this one does nothing; choose another scheme to see what it does.',
  })),
  ...(['clipping', 'schedule', 'constraint'] as const).map((path) => ({
    path,
    arises: (experiment: Experiment) =>
      isRuleless(experiment) &&
      experiment[path].kind !== 'none' &&
      // Their answers lie in the simplex anyhow: it is no mistake to say so.
      experiment[path].kind !== 'simplex',
    message: rulelessMessage({ clipping: 'clipping', schedule: 'rates', constraint: 'constraints' }[path]),
  })),
  {
    path: 'game.parameters',
    arises: (experiment) =>
      offers('probabilities')(experiment) &&
      !isRuleless(experiment) &&
      experiment.constraint.kind !== 'simplex',
    message:
      'Nothing keeps these parameters probabilities; choose constraint=simplex, or game.parameters=softmax.',
  },
  {
    path: 'game.regularisation.packing',
    arises: ({ game }) => game.kind === 'gan' && game.batchSize < game.regularisation.packing,
    message:
      'A batch is smaller than the pack, so fewer are judged together; choose a larger game.batchSize.',
  },
  ...(['generatorNetwork', 'discriminatorNetwork'] as const).map((network) => ({
    path: `game.${network}.normalisation`,
    arises: (experiment: Experiment) => {
      const { game } = experiment;
      if (game.kind !== 'gan' || game[network].normalisation !== 'batch') return false;
      const rows = network === 'generatorNetwork' ? game.batchSize : rowsOf(experiment);
      return rows === 1 && game[network].hidden.length > 0;
    },
    message:
      'Batch norm of a single row is always zero, so nothing is learnt; choose a larger game.batchSize, or no normalisation.',
  })),
  {
    path: 'game.discriminatorNetwork.kernels',
    arises: (experiment) =>
      experiment.game.kind === 'gan' &&
      experiment.game.discriminatorNetwork.kernels > 0 &&
      rowsOf(experiment) === 1,
    message: 'A single row has no others to be compared with; choose a larger game.batchSize, or no kernels.',
  },
  {
    path: 'game.generatorNetwork.kernels',
    arises: ({ game }) => game.kind === 'gan' && game.generatorNetwork.kernels > 0,
    message:
      'A generator with minibatch kernels makes samples that depend on each other; give the kernels to game.discriminatorNetwork.',
  },
  {
    path: 'clipping.whose',
    arises: (experiment) =>
      get(experiment, 'clipping.whose') === 'joint' && schemeOf(experiment).inTurns === true,
    message:
      'The players of this scheme move one at a time, so each is clipped by its own length; choose clipping.whose=each, or a scheme in which they move at once.',
  },
  {
    path: 'clipping',
    arises: ({ clipping, generator, discriminator }) =>
      (clipping.kind === 'byNorm' || clipping.kind === 'byLargest') &&
      sizeFree.has(generator.kind) &&
      sizeFree.has(discriminator.kind),
    message:
      'Both rules normalise the gradient, so it does not matter how long it was; choose clipping=none, or other rules.',
  },
  {
    path: 'adjustment.variant',
    arises: ({ adjustment }) =>
      adjustment.kind === 'consensus' &&
      adjustment.control.kind === 'multiplier' &&
      adjustment.variant !== 'full',
    message:
      'With the augmented Lagrangian both players pay; choose adjustment.variant=full, or another control.',
  },
];
