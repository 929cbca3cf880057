/** The panels below the picture: what each shows, when there is something to show, and what it observes. */
import type { Watch } from '../analysis/probe.ts';
import type { Experiment } from '../catalog/experiment.ts';
import { type Facts, factsOf } from './facts.ts';
import type { PageState } from './store.ts';
import type { strings } from './strings.ts';

export interface Panel {
  readonly name: keyof typeof strings.panels;
  /** Whether there is something to see in this game, played so. */
  fits(facts: Facts, experiment: Experiment): boolean;
  /** Whether it is open as long as nobody said otherwise. */
  isOpenAtFirst(facts: Facts): boolean;
  /** What it observes beyond what the page reads anyway, and how long after a reading the next one is due. */
  watches(state: PageState, facts: Facts): readonly { readonly watch: Watch; readonly everyMs: number }[];
}

const always = () => true;

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
    name: 'accuracy',
    fits: ({ picture }) => picture.kind === 'domains',
    isOpenAtFirst: always,
    watches: () => [],
  },
  {
    name: 'distance',
    fits: ({ picture, equilibria }) => equilibria.length > 0 || picture.kind === 'simplex',
    isOpenAtFirst: always,
    watches: () => [],
  },
];

/** Those that have something to show. */
export function fittingPanels({ experiment }: PageState): readonly Panel[] {
  const facts = factsOf(experiment.game);
  return panels.filter((panel) => panel.fits(facts, experiment));
}

export const isOpen = ({ panels: said, experiment }: PageState, panel: Panel): boolean =>
  said[panel.name] ?? panel.isOpenAtFirst(factsOf(experiment.game));

/** What the open panels observe. */
export function panelWatches(state: PageState) {
  const facts = factsOf(state.experiment.game);
  return fittingPanels(state)
    .filter((panel) => isOpen(state, panel))
    .flatMap((panel) => panel.watches(state, facts));
}
