/** Below the picture: what was measured in this run, over its steps, with one cursor for all charts. */
import type { ComponentType } from 'react';
import { usePage, usePageState } from '../context.ts';
import { factsOf } from '../facts.ts';
import { percent, short } from '../format.ts';
import { fittingPanels, isOpen, type Panel } from '../panels.ts';
import { averages, openPanel, pictureKind } from '../store.ts';
import { strings } from '../strings.ts';
import { Chart } from './Chart.tsx';

/** The share of a normal distribution within three standard deviations, by dimension: erf(3/√2), 1 - e^(-9/2). */
const PERFECT_QUALITY = { 1: 0.9973002039367398, 2: 1 - Math.exp(-4.5) } as const;
const say = strings.charts;

/** What each panel shows. */
const bodies: Readonly<Record<Panel['name'], ComponentType>> = {
  losses: LossChart,
  modes: ModeChart,
  accuracy: AccuracyChart,
  distance: DistanceChart,
};

export function Measurements() {
  const { store } = usePage();
  // Only what decides on the panels: not everything that changes with the run.
  usePageState((state) => state.experiment);
  usePageState((state) => state.panels);
  const state = store.getState();
  const fitting = fittingPanels(state);
  return (
    <section className="measurements" aria-labelledby="measurements-title">
      <h2 className="hidden" id="measurements-title">
        {strings.columns.measurements}
      </h2>
      <div className="panel-shelf" role="toolbar" aria-label={strings.panelShelf.label}>
        {fitting.map((panel) => (
          <button
            key={panel.name}
            type="button"
            className="legend-entry"
            aria-pressed={isOpen(state, panel)}
            onClick={() => openPanel(store, panel.name, !isOpen(state, panel))}
          >
            {strings.panels[panel.name]}
          </button>
        ))}
      </div>
      {fitting
        .filter((panel) => isOpen(state, panel))
        .map(({ name }) => {
          const Body = bodies[name];
          return <Body key={name} />;
        })}
    </section>
  );
}

function LossChart() {
  const { losses } = usePage().record;
  const game = usePageState((state) => state.experiment.game);
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
          format: (value) => short(value),
        },
        {
          series: losses,
          column: 2,
          label: say.discriminator,
          shape: 'square',
          colour: 'discriminator',
          format: (value) => short(value),
        },
      ]}
      options={({ generator, discriminator, muted }) => ({
        scale: 'linear',
        lines: [
          { series: losses, column: 1, colour: generator, marker: 'circle' },
          { series: losses, column: 2, colour: discriminator, marker: 'square' },
        ],
        levels: !level
          ? []
          : level[0] === level[1]
            ? [{ value: level[0], colour: muted }]
            : [
                { value: level[0], colour: generator },
                { value: level[1], colour: discriminator },
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
  return (
    <Chart
      title={strings.panels.modes}
      note={() => record.latest.modes && say.samples(record.latest.modes.reading.samples)}
      readings={[
        {
          series: modes,
          column: 1,
          label: say.found,
          shape: 'triangle',
          colour: 'ink',
          format: (value, row) => `${value} / ${modes.columns[2][row]}`,
        },
        {
          series: modes,
          column: 3,
          label: say.near,
          shape: 'circle',
          colour: 'generator',
          format: (value) => percent(value, 1),
        },
      ]}
      options={({ ink, generator, muted }) => ({
        scale: 'linear',
        range: [0, 1.06],
        formatTick: (value) => (value > 1 ? '' : percent(value)),
        lines: [
          { series: modes, column: 3, colour: generator, marker: 'circle', isArea: true },
          {
            series: modes,
            column: 1,
            unit: Math.max(1, modes.columns[2][0]),
            colour: ink,
            marker: 'triangle',
            isStair: true,
            width: 1.3,
          },
        ],
        levels: [{ value: perfect, colour: muted, label: say.perfect(perfect) }],
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
  const lines = [
    { column: 1, label: say.labelsInSource, shape: 'square', colour: 'discriminator' },
    { column: 2, label: say.labelsInTarget, shape: 'circle', colour: 'generator' },
    { column: 3, label: say.domains, shape: 'triangle', colour: 'ink' },
  ] as const;
  return (
    <Chart
      title={strings.panels.accuracy}
      readings={lines.map((line) => ({
        ...line,
        series: accuracy,
        format: (value: number) => percent(value, 1),
      }))}
      options={(palette) => ({
        scale: 'linear',
        range: [0, 1.06],
        formatTick: (value) => (value > 1 ? '' : percent(value)),
        lines: lines.map(({ column, shape, colour }) => ({
          series: accuracy,
          column,
          colour: palette[colour],
          marker: shape,
        })),
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
  return (
    <Chart
      title={strings.panels.distance}
      note={() => say.logScale}
      readings={[
        {
          series: distance,
          column: 1,
          label: say.distanceNow,
          shape: 'triangle',
          colour: 'lane-1',
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
                format: (value: number) => short(value, 4),
              },
            ]
          : []),
      ]}
      options={({ lane, ink }) => ({
        scale: 'log',
        lines: [
          { series: distance, column: 1, colour: lane, marker: 'triangle' },
          ...(isAveraging
            ? [{ series: averageDistance, column: 1, colour: ink, marker: 'square' as const }]
            : []),
        ],
        levels: [],
      })}
      describe={(row) => say.distanceAlt(distance.columns[1][row], distance.columns[0][row])}
    />
  );
}
