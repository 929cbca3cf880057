/** One measurement over the run: its title, what is read under the cursor, and the drawn lines. */
import { type ReactNode, useRef, useState } from 'react';
import { useHeard, usePage, usePageState } from '../context.ts';
import { type ChartOptions, drawChart, rowAt } from '../draw/chart.ts';
import { type Palette, readPalette } from '../draw/palette.ts';
import { type Shape, shapePath } from '../draw/shapes.ts';
import type { ValueScale } from '../draw/valueScale.ts';
import { LaneMark } from '../LaneMark.tsx';
import { laterStrings } from '../laterStrings.ts';
import type { Series } from '../record.ts';
import { changeScale, laneOf } from '../store.ts';
import { Enlarge, usePanelFrame } from './Enlarge.tsx';
import { hearable } from './hearable.ts';
import { DOTTED } from './laneLines.ts';
import { lazily } from './lazily.tsx';
import { usePlace } from './place.ts';
import { useAcross } from './useAcross.ts';
import { useCanvas } from './useCanvas.ts';
import { useCalm, useNews } from './useNews.ts';

const Listen = lazily(async () => (await import('../access/Listen.tsx')).Listen, null);

/** Charts change slowly; the processor is better used for training. */
const REDRAWN_EVERY_MS = 90;

export interface Reading {
  readonly series: Series;
  readonly column: number;
  readonly label: string;
  readonly shape: Shape;
  /** A colour of the style sheet: its name without the dashes. */
  readonly colour: string;
  readonly format: (value: number, row: number) => string;
  /** In a race, where colour says the lane: dashes and gaps of its lines; none for an unbroken one. */
  readonly raced?: readonly number[];
}

interface ChartProps {
  readonly title: string;
  /** What the numbers rest on, once that is known. */
  readonly note?: () => string | undefined;
  /** What the dotted lines mean. */
  readonly level?: string;
  readonly readings: readonly Reading[];
  /** Beside the title. */
  readonly controls?: ReactNode;
  /** The scale at first, where both have a meaning: then there is a switch. */
  readonly scale?: 'linear' | 'log';
  /** It is measured now and then, as time allows: the chart says at which step what it tells was measured. */
  readonly isSampled?: boolean;
  readonly options: (palette: Palette) => Omit<ChartOptions, 'across' | 'scale' | 'present'>;
  readonly describe: (row: number) => string;
}

export function Chart({
  title,
  note,
  level,
  readings,
  controls,
  scale,
  isSampled = false,
  options,
  describe,
}: ChartProps) {
  const page = usePage();
  const words = useRef<(HTMLElement | null)[]>([]);
  const measured = useRef<HTMLElement>(null);
  const { name: panel, speak } = usePlace();
  const isLog = usePageState((state) => state.logarithmic[panel]) ?? scale === 'log';
  const [drawnScale, setDrawnScale] = useState<ValueScale>('linear');
  const frame = usePanelFrame();
  const heard = useHeard();
  /** In a race, whose values are read out. */
  const own = usePageState((state) => (state.lanes.length > 1 ? laneOf(state, state.selected) : undefined));
  const isRace = heard.length > 1;
  const dashed = readings.flatMap(({ label, raced = [] }) =>
    isRace && raced.length > 0 ? [laterStrings.charts.raced(label, raced === DOTTED)] : [],
  );
  /**
   * The row of a reading at a place on the axis, of the selected lane's run; without a place, at the step that the
   * counter shows and the sentence tells of.
   */
  const rowOf = (series: Series, value: number | undefined) =>
    rowAt(
      series,
      value === undefined ? page.store.getState().readout.step : page.record.clock.stepAt(axis, value),
    );

  /** Lines that say nothing else are of the selected lane's run. */
  const drawnLines = (palette: Palette) =>
    options(palette).lines.map((line) => ({ clock: page.record.clock, isSampled, ...line }));
  /** At which step what is told was measured; nothing where that is at every step. */
  const measuredAt = (value: number | undefined): string[] => {
    const [{ series }] = readings;
    const row = isSampled ? rowOf(series, value) : -1;
    return row < 0 ? [] : [laterStrings.charts.measuredAt(series.columns[0][row])];
  };

  const canvas = useCanvas(({ context, width, height, palette }) => {
    const { clock } = page.record;
    const { lines: _, ...rest } = options(palette);
    const drawn = drawChart(
      context,
      width,
      height,
      {
        ...rest,
        scale: isLog ? 'log' : 'linear',
        lines: drawnLines(palette),
        across: across(),
        present: page.time.isInPast ? clock.along(axis)(page.record.frame?.step ?? 0) : undefined,
      },
      palette,
    );
    if (drawn !== drawnScale) setDrawnScale(drawn);
    for (const [i, { series, column, format }] of readings.entries()) {
      const row = rowOf(series, page.cursor.value);
      const word = words.current[i];
      if (word) word.textContent = row < 0 ? '–' : format(series.columns[column][row], row);
    }
    if (measured.current) measured.current.textContent = measuredAt(page.cursor.value).join('');
    return undefined;
  }, REDRAWN_EVERY_MS);
  const { across, axis, handlers } = useAcross(canvas, (value) => [
    ...readings.map(({ series, column, label, format }) => {
      const row = rowOf(series, value);
      return `${label} ${row < 0 ? '–' : format(series.columns[column][row], row)}`;
    }),
    ...measuredAt(value),
  ]);

  useNews(); // which the text alternative follows, not every frame
  const newest = readings[0].series.length - 1;
  const label = useCalm(newest < 0 ? `${title}: ${laterStrings.charts.waiting}.` : describe(newest));
  const say = laterStrings.charts;
  const isSymmetric = drawnScale === 'symmetric';

  return (
    <figure className="chart" {...frame}>
      <figcaption>
        <h3>{title}</h3>
        {controls}
        {scale && (
          <button
            type="button"
            className="quiet tiny"
            aria-pressed={isLog}
            title={isSymmetric ? say.symmetricScaleHelp : say.logScaleHelp}
            onClick={() => changeScale(page.store, panel, !isLog)}
          >
            {isSymmetric ? say.symmetricScale : say.logScale}
          </button>
        )}
        <Listen
          title={title}
          speak={speak}
          curves={() =>
            hearable(
              readings,
              drawnLines(readPalette(canvas.current as Element)),
              heard,
              across(),
              drawnScale,
              page.nameOf,
            )
          }
        />
        {note?.() && <span className="chart-note">{note()}</span>}
        {isSampled && <span className="chart-note" data-testid={`measured ${panel}`} ref={measured} />}
        {level && (
          <span className="chart-note">
            <i aria-hidden="true" className="dots" /> {level}
          </span>
        )}
        {dashed.length > 0 && <span className="chart-note hidden">{dashed.join(', ')}</span>}
        {own && (
          <span className="chart-lane">
            <LaneMark colour={own.colour} />
            {page.nameOf(own)}
          </span>
        )}
        <dl>
          {readings.map(({ label: name, colour, shape, raced }, i) => (
            <div key={name}>
              <dt>
                {isRace && own && raced ? (
                  <svg className="lane-line" viewBox="0 0 24 16" aria-hidden="true">
                    <path
                      d="M0 8 H24"
                      stroke={`var(--lane-${own.colour + 1})`}
                      strokeDasharray={raced.join(' ')}
                    />
                  </svg>
                ) : (
                  <svg className="lane-mark" viewBox="0 0 16 16" aria-hidden="true">
                    <path d={shapePath(shape)} fill={`var(--${colour})`} />
                  </svg>
                )}
                {name}
              </dt>
              <dd
                data-testid={`reading ${name}`}
                ref={(element) => {
                  words.current[i] = element;
                }}
              >
                –
              </dd>
            </div>
          ))}
        </dl>
        <Enlarge title={title} />
      </figcaption>
      <canvas ref={canvas} className="chart-canvas" aria-label={label} {...handlers} />
    </figure>
  );
}
