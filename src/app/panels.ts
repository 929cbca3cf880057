/** The panels below the picture: what each shows, when there is something to show, and what it observes. */
import type { Watch } from '../analysis/probe.ts';
import type { Experiment } from '../catalog/experiment.ts';
import { type Facts, factsOf } from './facts.ts';
import type { PageState } from './store.ts';
import type { strings } from './strings.ts';

export interface Panel {
  readonly name: keyof typeof strings.panels;
  /** Whether there is something to see in this game, played so. */
  fits(facts: Facts, experiment: Experiment, lanes: number): boolean;
  /** Whether it is open as long as nobody said otherwise. */
  isOpenAtFirst(facts: Facts): boolean;
  /** What it observes beyond what the page reads anyway, and how long after a reading the next one is due. */
  watches(state: PageState, facts: Facts): readonly PanelWatch[];
}

export interface PanelWatch {
  readonly watch: Watch;
  readonly everyMs: number;
  /** Observed in every lane that is drawn; without it, in the selected one. */
  readonly everyLane?: boolean;
}

const OFTEN_MS = 250;
const SELDOM_MS = 2000;

/** Generated pictures that are shown, and looked at together for the nearest real ones: the probes' own. */
const PICTURES = { shown: 64, together: 8 };

const always = () => true;
const never = () => false;
/** Games whose whole spectrum is found at once, with the region in which a method is stable. */
export const isSmall = ({ sizes }: Facts) => sizes.generator + sizes.discriminator <= SMALL;
const SMALL = 64;

const isOfPictures = ({ picture }: Facts) => picture.kind === 'images';
export const hasClasses = ({ picture }: Pick<Facts, 'picture'>) =>
  picture.kind === 'images' && (picture.classifier !== undefined || picture.recognise !== undefined);

/** In the order in which they stand. */
export const panels: readonly Panel[] = [
  { name: 'losses', fits: always, isOpenAtFirst: always, watches: () => [] },
  {
    name: 'modes',
    fits: ({ picture }) => picture.kind === 'samples' && picture.modes !== undefined,
    isOpenAtFirst: always,
    watches: () => [],
  },
  {
    name: 'classes',
    fits: hasClasses,
    isOpenAtFirst: always,
    watches: () => [], // the sentence asks for them
  },
  { name: 'classScores', fits: hasClasses, isOpenAtFirst: always, watches: () => [] },
  {
    name: 'accuracy',
    fits: ({ picture }) => picture.kind === 'domains',
    isOpenAtFirst: always,
    watches: () => [],
  },
  {
    name: 'distance',
    // In a plane, points of rest are searched for where none is known.
    fits: ({ picture, equilibria }) =>
      equilibria.length > 0 || picture.kind === 'simplex' || picture.kind === 'plane',
    isOpenAtFirst: always,
    watches: () => [],
  },
  { name: 'latest', fits: (_, __, lanes) => lanes > 1, isOpenAtFirst: always, watches: () => [] },
  {
    name: 'equilibria',
    fits: ({ picture }) => picture.kind === 'plane',
    // Where some are known beforehand, the picture says enough.
    isOpenAtFirst: ({ picture, equilibria }) => picture.kind === 'plane' && equilibria.length === 0,
    watches: () => [], // the picture asks for them
  },
  {
    name: 'eigenvalues',
    fits: always,
    isOpenAtFirst: isSmall,
    watches({ probes, wantsSpectrum }, facts) {
      if (isSmall(facts)) {
        const settings = probes.stabilityRegion ?? {};
        return [{ watch: { probe: 'stabilityRegion', settings }, everyMs: OFTEN_MS }];
      }
      const { leadingSpectrum = {} } = probes;
      const leading = { watch: { probe: 'leadingSpectrum', settings: leadingSpectrum }, everyMs: SELDOM_MS };
      const region = {
        watch: { probe: 'stabilityRegion', settings: probes.stabilityRegion ?? {} },
        everyMs: SELDOM_MS,
      };
      const { matrix, weight } = leadingSpectrum;
      const whole = { matrix, weight };
      const dense = { watch: { probe: 'spectrum', settings: whole }, everyMs: 0 }; // whenever it is wanted
      return wantsSpectrum ? [leading, region, dense] : [leading, region];
    },
  },
  {
    name: 'spectra',
    fits: always,
    isOpenAtFirst: never,
    watches(state, facts) {
      const eigenvalues = panels.find(({ name }) => name === 'eigenvalues') as Panel;
      return eigenvalues.watches({ ...state, wantsSpectrum: false }, facts);
    },
  },
  {
    name: 'update',
    fits: always, // of larger runs it says why there is nothing to see
    isOpenAtFirst: never,
    watches: () => [{ watch: { probe: 'updateSpectrum' }, everyMs: OFTEN_MS }],
  },
  {
    name: 'stabilityMap',
    fits: (facts) => facts.sizes.generator + facts.sizes.discriminator <= 16,
    isOpenAtFirst: never,
    watches: ({ probes: { stabilityMap: settings } }) => [
      { watch: { probe: 'stabilityMap', settings }, everyMs: SELDOM_MS },
    ],
  },
  {
    name: 'norms',
    fits: always,
    isOpenAtFirst: never,
    watches: () => [
      { watch: { probe: 'gradientNorms' }, everyMs: OFTEN_MS, everyLane: true },
      { watch: { probe: 'steps' }, everyMs: OFTEN_MS, everyLane: true },
      { watch: { probe: 'rotation' }, everyMs: OFTEN_MS, everyLane: true },
    ],
  },
  {
    name: 'gap',
    fits: ({ picture }) =>
      picture.kind !== 'samples' && picture.kind !== 'images' && picture.kind !== 'domains',
    isOpenAtFirst: never,
    watches: () => [{ watch: { probe: 'dualityGap' }, everyMs: OFTEN_MS, everyLane: true }],
  },
  {
    name: 'pathAngle',
    fits: always,
    isOpenAtFirst: never,
    watches: ({ probes: { pathAngle: settings } }) => [
      { watch: { probe: 'pathAngle', settings }, everyMs: SELDOM_MS },
    ],
  },
  {
    name: 'inside',
    fits: always,
    isOpenAtFirst: never,
    watches: () => [{ watch: { probe: 'anatomy' }, everyMs: OFTEN_MS }],
  },
  {
    name: 'slice',
    fits: always,
    isOpenAtFirst: never,
    watches({ probes: { slice: settings = {} } }) {
      const { plane } = settings;
      return [
        { watch: { probe: 'slice', settings }, everyMs: SELDOM_MS },
        { watch: { probe: 'gradientFlow', settings: { plane } }, everyMs: SELDOM_MS },
      ];
    },
  },
  {
    name: 'optimal',
    fits: ({ picture }) =>
      picture.kind === 'samples' && picture.dimension === 2 && picture.modes !== undefined,
    isOpenAtFirst: never,
    watches: () => [{ watch: { probe: 'optimalDiscriminator' }, everyMs: SELDOM_MS }],
  },
  {
    name: 'modeHistory',
    fits: ({ picture }) => picture.kind === 'samples' && picture.modes !== undefined,
    isOpenAtFirst: never,
    watches: () => [],
  },
  {
    name: 'film',
    fits: ({ picture }) =>
      picture.kind === 'images' || (picture.kind === 'samples' && picture.dimension === 2),
    isOpenAtFirst: ({ picture }) => picture.kind === 'images',
    watches: () => [],
  },
  {
    name: 'walk',
    fits: isOfPictures,
    isOpenAtFirst: never,
    watches: ({ probes: { latentWalk: settings } }) => [
      { watch: { probe: 'latentWalk', settings }, everyMs: OFTEN_MS },
    ],
  },
  {
    name: 'nearest',
    fits: isOfPictures,
    isOpenAtFirst: never,
    watches: ({ probes: { latentWalk: { from = 0 } = {} } }) => [
      {
        watch: {
          probe: 'nearestPictures',
          settings: { first: Math.min(Number(from), PICTURES.shown - PICTURES.together) },
        },
        everyMs: SELDOM_MS,
      },
    ],
  },
  {
    name: 'pictureMoments',
    fits: isOfPictures,
    isOpenAtFirst: never,
    watches: () => [{ watch: { probe: 'pictureMoments' }, everyMs: SELDOM_MS }],
  },
  {
    name: 'distances',
    fits: ({ picture }) => picture.kind === 'samples',
    isOpenAtFirst: never,
    watches: () => [
      { watch: { probe: 'distances' }, everyMs: SELDOM_MS, everyLane: true },
      { watch: { probe: 'divergence' }, everyMs: SELDOM_MS, everyLane: true },
    ],
  },
  {
    name: 'fidelity',
    fits: ({ picture }) => picture.kind === 'samples',
    isOpenAtFirst: never,
    watches: () => [{ watch: { probe: 'fidelity' }, everyMs: SELDOM_MS, everyLane: true }],
  },
];

/** Those that have something to show. */
export function fittingPanels({ experiment, lanes }: PageState): readonly Panel[] {
  const facts = factsOf(experiment.game);
  return panels.filter((panel) => panel.fits(facts, experiment, lanes.length));
}

export const isOpen = ({ panels: said, experiment }: PageState, panel: Panel): boolean =>
  said[panel.name] ?? panel.isOpenAtFirst(factsOf(experiment.game));

/** What the open panels observe in a lane. */
export function panelWatches(state: PageState, isSelected: boolean): PanelWatch[] {
  const facts = factsOf(state.experiment.game);
  return fittingPanels(state)
    .filter((panel) => isOpen(state, panel))
    .flatMap((panel) => panel.watches(state, facts))
    .filter(({ everyLane }) => everyLane || isSelected);
}
