/** What a race has come to: of each lane the newest value of every figure whose chart is open. */
import { count, percent, short } from '../format.ts';
import { laterStrings } from '../laterStrings.ts';
import { fittingPanels, isOpen, type Panel } from '../panels.ts';
import { type FigureProbe, figures, type RunRecord, type Series } from '../record.ts';
import type { PageState } from '../store.ts';
import { strings } from '../strings.ts';
import { panelStrings } from './strings.ts';

/** The probe and the figure of each entry of a panel's menu, in its order; the first one is shown at first. */
export const figureChoices = {
  norms: [
    ['gradientNorms', 'joint'],
    ['gradientNorms', 'generator'],
    ['gradientNorms', 'discriminator'],
    ['steps', 'ratio'],
    ['rotation', 'period'],
  ],
  gap: [['dualityGap', 'gap']],
  distances: [
    ['distances', 'w1'],
    ['distances', 'w2'],
    ['distances', 'slicedW1'],
    ['distances', 'energy'],
    ['distances', 'mmdSquaredUnbiased'],
    ['divergence', 'js'],
    ['divergence', 'uncovered'],
  ],
  fidelity: [
    ['fidelity', 'precision'],
    ['fidelity', 'recall'],
    ['fidelity', 'density'],
    ['fidelity', 'coverage'],
  ],
  classScores: [
    ['pictureClasses', 'inception'],
    ['pictureClasses', 'frechet'],
    ['pictureClasses', 'entropy'],
    ['pictureClasses', 'covered'],
  ],
} as const satisfies Partial<Record<Panel['name'], readonly (readonly [FigureProbe, string])[]>>;
type FigurePanel = keyof typeof figureChoices;

export const figureLabel = (figure: string): string =>
  panelStrings.figures.names[figure as keyof typeof panelStrings.figures.names] ?? figure;

/** What a panel with several figures shows. */
export function pickedFigure(
  panel: FigurePanel,
  picked: PageState['picked'],
): readonly [probe: FigureProbe, figure: string] {
  const choices: readonly (readonly [FigureProbe, string])[] = figureChoices[panel];
  return choices.find(([, name]) => name === picked[panel]) ?? choices[0];
}

export interface Figure {
  readonly label: string;
  /** Undefined where it was not measured yet. */
  readonly of: (record: RunRecord) => number | undefined;
  /** The step of that value, where it is measured now and then; others are of where the run stands. */
  readonly at?: (record: RunRecord) => number | undefined;
  readonly format: (value: number, record: RunRecord) => string;
}

const say = laterStrings.charts;
const names = panelStrings.latest;
/** The row of the present step. */
const newest = ({ columns, length }: Series, column: number): number | undefined =>
  length > 0 ? columns[column][length - 1] : undefined;

const modesAt = ({ modes }: RunRecord) => newest(modes, 0);
const accuracyAt = ({ accuracy }: RunRecord) => newest(accuracy, 0);

const share = (value: number) => percent(value, 1);

/** By the panel that shows them over the run. */
const ofPanels: Partial<Record<Panel['name'], readonly Figure[]>> = {
  losses: [
    { label: names.generatorLoss, of: ({ losses }) => newest(losses, 1), format: (value) => short(value) },
    {
      label: names.discriminatorLoss,
      of: ({ losses }) => newest(losses, 2),
      format: (value) => short(value),
    },
  ],
  modes: [
    {
      label: names.modes,
      of: ({ modes }) => newest(modes, 1),
      at: modesAt,
      format: (value, { modes }) => names.found(value, newest(modes, 2) ?? 0),
    },
    { label: names.near, of: ({ modes }) => newest(modes, 3), at: modesAt, format: share },
  ],
  accuracy: [
    { label: say.labelsInSource, of: ({ accuracy }) => newest(accuracy, 1), at: accuracyAt, format: share },
    { label: say.labelsInTarget, of: ({ accuracy }) => newest(accuracy, 2), at: accuracyAt, format: share },
    { label: say.domains, of: ({ accuracy }) => newest(accuracy, 3), at: accuracyAt, format: share },
  ],
  distance: [
    { label: say.distanceNow, of: ({ distance }) => newest(distance, 1), format: (value) => short(value, 4) },
  ],
};

function figureOf(panel: FigurePanel, picked: PageState['picked']): Figure {
  const [probe, figure] = pickedFigure(panel, picked);
  const column = (figures[probe] as readonly string[]).indexOf(figure) + 1;
  return {
    label: figureLabel(figure),
    of: (record) => newest(record.figuresOf(probe), column),
    at: (record) => newest(record.figuresOf(probe), 0),
    format: (value) => short(value),
  };
}

/** Whether a value is of another step than the one at which its lane stands. */
export const isOfBefore = ({ at }: Figure, record: RunRecord): boolean => {
  const step = at?.(record);
  return step !== undefined && step !== record.frame?.step;
};

/** For a spreadsheet: with all digits, and with the step of each value where that is not the step of its lane. */
export function latestRows(
  figures: readonly Figure[],
  lanes: readonly { readonly name: string; readonly record: RunRecord }[],
): (string | number)[][] {
  const isBefore = figures.map((figure) => lanes.some(({ record }) => isOfBefore(figure, record)));
  const withSteps = <T>(cells: (figure: Figure) => readonly [T, T]) =>
    figures.flatMap((figure, i) => cells(figure).slice(0, isBefore[i] ? 2 : 1));
  const head = withSteps(({ label }) => [label, names.atStep(label)]);
  const rows = lanes.map(({ name, record }) => [
    name,
    ...withSteps<string | number>(({ of, at }) => [of(record) ?? '', at?.(record) ?? '']),
  ]);
  return [[names.lane, ...head], ...rows];
}

/** How far each lane has come, then what the open charts show, in their order. */
export function latestFigures(state: PageState): readonly Figure[] {
  const open = fittingPanels(state).filter((panel) => isOpen(state, panel));
  return [
    { label: strings.counters.step, of: ({ frame }) => frame?.step, format: count },
    { label: strings.counters.evaluations, of: ({ frame }) => frame?.evaluations, format: count },
    ...open.flatMap(({ name }) =>
      name in figureChoices ? [figureOf(name as FigurePanel, state.picked)] : (ofPanels[name] ?? []),
    ),
  ];
}
