/** Below the picture: what was measured in this run, over its steps, with one cursor for all charts; then what else can be. */
import { type ComponentType, type CSSProperties, useCallback, useLayoutEffect, useRef } from 'react';
import { useHeard, usePage, usePageState } from '../context.ts';
import type { Palette } from '../draw/palette.ts';
import { laneShapes } from '../draw/shapes.ts';
import { factsOf } from '../facts.ts';
import { percent, short } from '../format.ts';
import { laterStrings } from '../laterStrings.ts';
import { isStill } from '../motion.ts';
import { fittingPanels, isOpen, type Panel } from '../panels.ts';
import { averages, laneOf, openPanel, type PageState, pictureKind, type Store } from '../store.ts';
import { strings } from '../strings.ts';
import { Chart } from './Chart.tsx';
import { ChartBar } from './ChartBar.tsx';
import { DOTTED, SECOND, useLaneLines } from './laneLines.ts';
import { lazily } from './lazily.tsx';
import { PlaceContext } from './place.ts';
import { Splitter } from './Splitter.tsx';
import { HELP_ID } from './useAcross.ts';
import { useVoice } from './useVoice.ts';
import '../styles/charts.css';

/** The share of a normal distribution within three standard deviations, by dimension: erf(3/√2), 1 - e^(-9/2). */
const PERFECT_QUALITY = { 1: 0.9973002039367398, 2: 1 - Math.exp(-4.5) } as const;
const say = laterStrings.charts;

// Panels that are closed at first are loaded when they are opened.
const dynamics = () => import('./Dynamics.tsx');
const PathAngle = lazily(async () => (await dynamics()).PathAngle);
const SpectraChart = lazily(async () => (await dynamics()).SpectraChart);
const StabilityMap = lazily(async () => (await dynamics()).StabilityMap);
const UpdateSpectrum = lazily(async () => (await dynamics()).UpdateSpectrum);
const Eigenvalues = lazily(async () => (await import('./Eigenvalues.tsx')).Eigenvalues);
const Equilibria = lazily(async () => (await import('./Equilibria.tsx')).Equilibria);
const Figures = lazily(async () => (await import('./Figures.tsx')).Figures);
const ModeHistory = lazily(async () => (await import('./ModeHistory.tsx')).ModeHistory);
const OptimalDiscriminator = lazily(
  async () => (await import('./OptimalDiscriminator.tsx')).OptimalDiscriminator,
);
const InsideStep = lazily(async () => (await import('./InsideStep.tsx')).InsideStep);
const LatestValues = lazily(async () => (await import('./LatestValues.tsx')).LatestValues);
const FilmStrip = lazily(async () => (await import('./FilmStrip.tsx')).FilmStrip);
const pictured = () => import('./PicturePanels.tsx');
const Classes = lazily(async () => (await pictured()).Classes);
const LatentWalk = lazily(async () => (await pictured()).LatentWalk);
const Nearest = lazily(async () => (await pictured()).Nearest);
const PictureMoments = lazily(async () => (await pictured()).PictureMoments);
const Slice = lazily(async () => (await import('./Slice.tsx')).Slice);

/** What each panel shows. */
const bodies: Readonly<Record<Panel['name'], ComponentType>> = {
  losses: LossChart,
  modes: ModeChart,
  classes: Classes,
  classScores: ClassScores,
  accuracy: AccuracyChart,
  distance: DistanceChart,
  latest: LatestValues,
  equilibria: Equilibria,
  eigenvalues: Eigenvalues,
  spectra: SpectraChart,
  update: UpdateSpectrum,
  stabilityMap: StabilityMap,
  norms: NormsChart,
  gap: GapChart,
  pathAngle: PathAngle,
  inside: InsideStep,
  slice: Slice,
  optimal: OptimalDiscriminator,
  modeHistory: ModeHistory,
  film: FilmStrip,
  walk: LatentWalk,
  nearest: Nearest,
  pictureMoments: PictureMoments,
  distances: DistancesChart,
  fidelity: FidelityChart,
};

export function Measurements() {
  const { store } = usePage();
  // Only what decides on the panels: not everything that changes with the run.
  usePageState((state) => state.experiment);
  usePageState((state) => state.panels);
  usePageState((state) => state.lanes.length > 1);
  usePageState((state) => state.selected);
  const height = usePageState((state) => state.height);
  const isAsked = usePageState((state) => state.isAsked);
  const state = store.getState();
  const fitting = fittingPanels(state);
  const { voice, speak } = useVoice();
  /** The panel that was opened just now, until it stands there: its code may be on its way. */
  const opened = useRef<Panel['name']>(undefined);
  const welcome = useCallback((name: Panel['name'], frame: HTMLElement) => {
    if (opened.current !== name) return;
    opened.current = undefined;
    frame.scrollIntoView({ block: 'nearest', behavior: isStill() ? 'auto' : 'smooth' });
    // Ears hear which one it is, and keys go on in it.
    frame.focus({ preventScroll: true });
  }, []);
  useLayoutEffect(() => restoreOnEscape(store), [store]);
  return (
    <section
      className="measurements"
      data-asked={isAsked || undefined}
      aria-labelledby="measurements-title"
      style={{ '--panel-scale': height / 100 } as CSSProperties}
    >
      <h2 className="hidden" id="measurements-title">
        {strings.columns.measurements}
      </h2>
      {fitting
        .filter((panel) => isOpen(state, panel))
        .map(({ name }) => {
          const Body = bodies[name];
          return (
            <PlaceContext key={name} value={{ name, speak, welcome }}>
              <Body />
            </PlaceContext>
          );
        })}
      <p className="hidden" id={HELP_ID}>
        {laterStrings.axis.help}
      </p>
      <p className="hidden" aria-live="polite" data-testid="chart voice" ref={voice} />
      <Splitter />
      <div className="panel-shelf" role="toolbar" aria-label={strings.panelShelf.label}>
        {fitting.map((panel) => (
          <button
            key={panel.name}
            type="button"
            className="legend-entry"
            aria-pressed={isOpen(state, panel)}
            onClick={() => {
              opened.current = isOpen(state, panel) ? undefined : panel.name;
              openPanel(store, panel.name, !isOpen(state, panel));
            }}
          >
            {titleOf(panel, state)}
          </button>
        ))}
        <ChartBar />
      </div>
    </section>
  );
}

/** Where no equilibrium is known beforehand, distances are to what was found. */
const titleOf = ({ name }: Pick<Panel, 'name'>, state: PageState) =>
  name === 'distance' &&
  pictureKind(state) === 'plane' &&
  factsOf(state.experiment.game).equilibria.length === 0
    ? say.distanceFound
    : strings.panels[name];

/** An enlarged panel is its usual size again, unless something else was meant. */
function restoreOnEscape(store: Store): () => void {
  const listen = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || document.querySelector(':popover-open')) return;
    if (store.getState().wide !== undefined) store.setState({ wide: undefined });
  };
  addEventListener('keydown', listen);
  return () => removeEventListener('keydown', listen);
}

function LossChart() {
  const { losses } = usePage().record;
  const game = usePageState((state) => state.experiment.game);
  const several = useHeard().length > 1;
  const laneLines = useLaneLines();
  const level = factsOf(game).lossesAtEquilibrium;
  return (
    <Chart
      title={strings.panels.losses}
      level={level && say.equilibrium}
      readings={[
        {
          series: losses,
          column: 1,
          label: say.generator,
          shape: 'circle',
          colour: 'generator',
          raced: [],
          format: (value) => short(value),
        },
        {
          series: losses,
          column: 2,
          label: say.discriminator,
          shape: 'square',
          colour: 'discriminator',
          raced: SECOND,
          format: (value) => short(value),
        },
      ]}
      scale="linear"
      options={(palette) => ({
        lines: laneLines(palette, ({ record, own, shape, width }) => [
          {
            series: record.losses,
            column: 1,
            colour: own ?? palette.generator,
            marker: own ? shape : 'circle',
            width,
          },
          {
            series: record.losses,
            column: 2,
            colour: own ?? palette.discriminator,
            marker: own ? shape : 'square',
            dash: own ? SECOND : undefined,
            width,
          },
        ]),
        levels: !level
          ? []
          : level[0] === level[1] || several
            ? [...new Set(level)].map((value) => ({ value, colour: palette.muted }))
            : [
                { value: level[0], colour: palette.generator },
                { value: level[1], colour: palette.discriminator },
              ],
      })}
      describe={(row) =>
        say.lossesAlt(losses.columns[1][row], losses.columns[2][row], losses.columns[0][row])
      }
    />
  );
}

function ModeChart() {
  const { record } = usePage();
  const game = usePageState((state) => state.experiment.game);
  const { picture } = factsOf(game);
  const perfect = PERFECT_QUALITY[picture.kind === 'samples' ? picture.dimension : 2];
  const { modes } = record;
  const laneLines = useLaneLines();
  /** Where the share of as many perfect samples lies by chance. */
  const floorBand = ({ muted }: Palette) => {
    const floor = record.latest.modes?.reading.floor.highQuality;
    return floor ? [{ low: floor.low, high: floor.high, colour: muted }] : [];
  };
  return (
    <Chart
      title={strings.panels.modes}
      isSampled
      note={() => record.latest.modes && say.samples(record.latest.modes.reading.samples)}
      readings={[
        {
          series: modes,
          column: 1,
          label: say.found,
          shape: 'triangle',
          colour: 'ink',
          raced: [],
          format: (value, row) => `${value} / ${modes.columns[2][row]}`,
        },
        {
          series: modes,
          column: 3,
          label: say.near,
          shape: 'circle',
          colour: 'generator',
          raced: SECOND,
          format: (value) => percent(value, 1),
        },
      ]}
      options={(palette) => ({
        range: [0, 1.06],
        formatTick: (value) => (value > 1 ? '' : percent(value)),
        lines: laneLines(palette, ({ record: { modes: counted }, own, shape, width }) => [
          {
            series: counted,
            column: 3,
            colour: own ?? palette.generator,
            marker: own ? shape : 'circle',
            isArea: !own,
            dash: own ? SECOND : undefined,
            width,
          },
          {
            series: counted,
            column: 1,
            unit: Math.max(1, counted.columns[2][0]),
            colour: own ?? palette.ink,
            marker: own ? shape : 'triangle',
            isStair: true,
            width: own ? width : 1.3,
          },
        ]),
        levels: [{ value: perfect, colour: palette.muted, label: say.perfect(perfect) }],
        bands: floorBand(palette),
      })}
      describe={(row) => {
        const [step, covered, total, quality] = modes.columns;
        return say.modesAlt(covered[row], total[row], quality[row], step[row]);
      }}
    />
  );
}

/** Two domains: who guesses is right as often as not. */
const GUESSING = 0.5;

function AccuracyChart() {
  const { accuracy } = usePage().record;
  const laneLines = useLaneLines();
  const lines = [
    { column: 1, label: say.labelsInSource, shape: 'square', colour: 'discriminator', raced: SECOND },
    { column: 2, label: say.labelsInTarget, shape: 'circle', colour: 'generator', raced: [] },
    { column: 3, label: say.domains, shape: 'triangle', colour: 'ink', raced: DOTTED },
  ] as const;
  return (
    <Chart
      title={strings.panels.accuracy}
      isSampled
      readings={lines.map((line) => ({
        ...line,
        series: accuracy,
        format: (value: number) => percent(value, 1),
      }))}
      options={(palette) => ({
        range: [0, 1.06],
        formatTick: (value) => (value > 1 ? '' : percent(value)),
        lines: laneLines(palette, ({ record, own, shape: ownShape, width }) =>
          lines.map(({ column, shape, colour, raced }) => ({
            series: record.accuracy,
            column,
            colour: own ?? palette[colour],
            marker: own ? ownShape : shape,
            dash: own ? raced : undefined,
            width,
          })),
        ),
        levels: [{ value: GUESSING, colour: palette.muted, label: say.guessing }],
      })}
      describe={(row) => {
        const [step, source, target, domain] = accuracy.columns;
        return say.accuracyAlt(source[row], target[row], domain[row], step[row]);
      }}
    />
  );
}

function DistanceChart() {
  const { distance, averageDistance } = usePage().record;
  const isPlane = usePageState((state) => pictureKind(state) === 'plane');
  const isAveraging = usePageState(averages) && isPlane;
  const colour = usePageState((state) => laneOf(state, state.selected).colour);
  const laneLines = useLaneLines();
  const title = usePageState((state) => titleOf({ name: 'distance' }, state));
  return (
    <Chart
      title={title}
      scale="log"
      // In a plane, each step's place is known.
      isSampled={!isPlane}
      readings={[
        {
          series: distance,
          column: 1,
          label: say.distanceNow,
          shape: laneShapes[colour],
          colour: `lane-${colour + 1}`,
          raced: [],
          format: (value) => short(value, 4),
        },
        ...(isAveraging
          ? [
              {
                series: averageDistance,
                column: 1,
                label: say.averageNow,
                shape: 'square' as const,
                colour: 'ink',
                raced: SECOND,
                format: (value: number) => short(value, 4),
              },
            ]
          : []),
      ]}
      options={(palette) => ({
        lines: laneLines(palette, ({ record, own, shape, width }) => [
          {
            series: record.distance,
            column: 1,
            colour: own ?? palette.lanes[colour],
            marker: shape,
            width,
          },
          ...(record.averageDistance.length > 0
            ? [
                {
                  series: record.averageDistance,
                  column: 1,
                  colour: own ?? palette.ink,
                  marker: 'square' as const,
                  dash: SECOND,
                  width,
                  isSampled: true,
                },
              ]
            : []),
        ]),
        levels: [],
      })}
      describe={(row) => say.distanceAlt(distance.columns[1][row], distance.columns[0][row], title)}
    />
  );
}

function NormsChart() {
  return <Figures scale="log" panel="norms" />;
}

function GapChart() {
  return <Figures scale="log" panel="gap" />;
}

function DistancesChart() {
  return <Figures scale="log" panel="distances" />;
}

function FidelityChart() {
  return <Figures scale="linear" panel="fidelity" />;
}

/** Of generated pictures, as the small classifier tells. */
function ClassScores() {
  return <Figures panel="classScores" scale="linear" />;
}
