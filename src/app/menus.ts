/** How the page sorts what can be chosen: groups of long menus, sections of many settings, optional parts. */
import type { Experiment } from '../catalog/experiment.ts';
import type { Preset, Race } from '../catalog/kinds.ts';
import { descent } from '../catalog/methods/descent.ts';
import { rotation } from '../catalog/methods/rotation.ts';
import { smoothing } from '../catalog/methods/smoothing.ts';
import { presetOf, raceOf } from './address.ts';
import { laterStrings } from './laterStrings.ts';

const say = laterStrings.menus;

export interface MenuGroup {
  readonly title: string;
  /** Names of entries, in menu order. */
  readonly names: readonly string[];
}

/** By the path of the choice; `preset` is the list of presets and races. What no group names comes last, by itself. */
export const menus: Readonly<Record<string, readonly MenuGroup[]>> = {
  game: [
    { title: say.gans, names: ['gan', 'images', 'domains', 'linearDomains'] },
    {
      title: say.planes,
      names: [
        'bilinear',
        'quadratic',
        'dirac',
        'variance',
        'forsaken',
        'almostBilinear',
        'marketCycle',
        'twoTimescale',
        'typed',
      ],
    },
    {
      title: say.manyDimensions,
      names: [
        'gaussianGan',
        'covariance',
        'linearWgan',
        'randomQuadratic',
        'shiftedBilinear',
        'stochasticBilinear',
      ],
    },
    { title: say.matrixGames, names: ['rockPaperScissors', 'matchingPennies'] },
  ],
  scheme: [
    { title: say.oneReading, names: ['simultaneous', 'alternating', 'optimistic', 'pastExtragradient'] },
    { title: say.lookAhead, names: ['extragradient', 'prediction'] },
    { title: say.localGame, names: ['competitive', 'proximal'] },
    { title: say.finiteSums, names: ['svre'] },
    { title: say.answers, names: ['bestResponse', 'fictitiousPlay'] },
  ],
  method: [
    { title: say.descent, names: descent.map(({ name }) => name) },
    { title: say.rotation, names: rotation.map(({ name }) => name) },
    { title: say.smoothing, names: smoothing.map(({ name }) => name) },
  ],
  preset: [
    { title: say.first, names: ['ring', 'bilinear', 'quadratic', 'dirac'] },
    {
      title: say.races,
      names: [
        'collapseRace',
        'turningRace',
        'diracRace',
        'weightsRace',
        'noiseRace',
        'lengthsRace',
        'lookaheadRace',
      ],
    },
    {
      title: say.pictures,
      names: [
        'digits',
        'digitsCollapse',
        'digitsConvolutional',
        'digitsWganGp',
        'digitsSpectral',
        'digitsNormalised',
        'digitsUnrolled',
        'clothes',
        'stackedDigits',
        'mnistLookahead',
        'mnistConvolutional',
      ],
    },
    { title: say.planes, names: ['diracR1', 'box', 'strongBilinear', 'twoTimescale', 'variance'] },
    { title: say.cycles, names: ['forsaken', 'almostBilinear', 'marketCycle'] },
    { title: say.manyDimensions, names: ['gaussianGan', 'covariance', 'noisyBilinear', 'noisyLookahead'] },
    { title: say.matrixGames, names: ['rps', 'rpsWeights', 'rpsOptimistic', 'pennies'] },
    {
      title: say.schemes,
      names: [
        'extraAdam',
        'optimisticAdam',
        'prediction',
        'lookahead',
        'competitive',
        'numericsRing',
        'numericsConsensus',
        'symplectic',
        'locallyStable',
      ],
    },
    {
      title: say.ruleShows,
      names: ['twoRates', 'negativeMomentum', 'mixedRules', 'adaptiveSize', 'adaptiveDirection'],
    },
    { title: say.collapse, names: ['unrolled0', 'unrolled5', 'unrolled10', 'packedRing', 'packedGrid'] },
    { title: say.lossShows, names: ['wganClipping', 'wganGpRing', 'wganGpGrid', 'wganGpRoll', 'landscape'] },
    { title: say.otherAims, names: ['domains', 'linearDomains'] },
    {
      title: say.fullSize,
      names: [
        'locallyStableFull',
        'wganClippingFull',
        'wganGpRingFull',
        'wganGpGridFull',
        'wganGpRollFull',
        'symplecticFull',
        'competitiveFull',
      ],
    },
  ],
};

/** The entries of a menu in their groups; without a title where there are none, or what is left. */
export function grouped<E extends { readonly name: string }>(
  menu: string,
  entries: readonly E[],
): { title?: string; entries: E[] }[] {
  const groups = menus[menu] ?? [];
  const named = new Set(groups.flatMap(({ names }) => names));
  const found = groups.map(({ title, names }) => ({
    title,
    entries: names.flatMap((name) => entries.filter((entry) => entry.name === name)),
  }));
  const rest = { entries: entries.filter(({ name }) => !named.has(name)) };
  return [...found, rest].filter((group) => group.entries.length > 0);
}

export interface Section {
  readonly title: string;
  /** Names of fields directly below the choice. */
  readonly fields: readonly string[];
  readonly isClosed?: true;
}

const ofGans: readonly Section[] = [
  { title: say.data, fields: ['dataset'] },
  { title: say.lossAndPenalty, fields: ['loss', 'penalty'] },
  {
    title: say.networks,
    fields: ['generatorNetwork', 'discriminatorNetwork', 'latentSize', 'latent', 'batchSize'],
  },
  { title: say.regularisation, fields: ['regularisation', 'frozen'], isClosed: true },
];

/** Of games with many settings, by their names; fields of no section come first. */
export const sections: Readonly<Record<string, readonly Section[]>> = { gan: ofGans, images: ofGans };

/** The parts of an optimizer that are there or not. */
export const optionalParts = [
  'foresight',
  'adjustment',
  'clipping',
  'schedule',
  'constraint',
  'lookahead',
  'averaging',
] as const;

/** What the menu of presets shows: the race, or the one preset, that all lanes play to the last setting. */
export function presetPlayed(
  lanes: readonly { readonly experiment: Experiment }[],
): Preset | Race | undefined {
  const [first, ...others] = lanes.map(({ experiment }) => presetOf(experiment));
  return raceOf(lanes) ?? (others.every((preset) => preset === first) ? first : undefined);
}
