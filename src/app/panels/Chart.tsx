/** One measurement over steps: its title, what is read under the cursor, and the drawn lines. */
import { type PointerEvent, type ReactNode, useEffect, useRef } from 'react';
import { useHeard, usePage, usePageState } from '../context.ts';
import { type ChartOptions, chartArea, drawChart, rowAt, stepAt } from '../draw/chart.ts';
import type { Palette } from '../draw/palette.ts';
import { type Shape, shapePath } from '../draw/shapes.ts';
import type { Series } from '../record.ts';
import { strings } from '../strings.ts';
import { useCanvas } from './useCanvas.ts';

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
  readonly options: (palette: Palette) => Omit<ChartOptions, 'lastStep' | 'cursor' | 'present'>;
  readonly describe: (row: number) => string;
}

export function Chart({ title, note, level, readings, controls, options, describe }: ChartProps) {
  const page = usePage();
  const words = useRef<(HTMLElement | null)[]>([]);
  const textSize = useRef(16);
  const heard = useHeard();
  const lastStep = () => Math.max(1, ...heard.map((lane) => page.recordOf(lane).frame?.furthest ?? 1));

  const canvas = useCanvas(({ context, width, height, palette }) => {
    textSize.current = palette.textSize;
    const { step: cursor } = page.cursor;
    const present = page.time.isInPast ? (page.record.frame?.step ?? 0) : undefined;
    const drawn = { ...options(palette), lastStep: lastStep(), cursor, present };
    drawChart(context, width, height, drawn, palette);
    const at = cursor ?? Number.POSITIVE_INFINITY;
    for (const [i, { series, column, format }] of readings.entries()) {
      const row = rowAt(series, at);
      const word = words.current[i];
      if (word) word.textContent = row < 0 ? '–' : format(series.columns[column][row], row);
    }
    return undefined;
  }, REDRAWN_EVERY_MS);

  // The text alternative follows the spoken sentence, not every frame.
  usePageState((state) => state.readout.spoken);
  const newest = readings[0].series.length - 1;
  const label = newest < 0 ? `${title}: ${strings.charts.waiting}.` : describe(newest);

  function point(event: PointerEvent<HTMLCanvasElement>): void {
    const box = event.currentTarget.getBoundingClientRect();
    const area = chartArea(box.width, box.height, textSize.current);
    page.cursor.set(stepAt(area, event.clientX - box.left, lastStep()));
  }
  useEffect(() => () => page.cursor.set(undefined), [page]);

  return (
    <figure className="chart">
      <figcaption>
        <h3>{title}</h3>
        {controls}
        {note?.() && <span className="chart-note">{note()}</span>}
        {level && (
          <span className="chart-note">
            <i aria-hidden="true" className="dots" /> {level}
          </span>
        )}
        <dl>
          {readings.map(({ label: name, colour, shape }, i) => (
            <div key={name}>
              <dt>
                <svg className="lane-mark" viewBox="0 0 16 16" aria-hidden="true">
                  <path d={shapePath(shape)} fill={`var(--${colour})`} />
                </svg>
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
      </figcaption>
      <canvas
        ref={canvas}
        className="chart-canvas"
        role="img"
        aria-label={label}
        onPointerMove={point}
        onPointerDown={point}
        onPointerLeave={() => page.cursor.set(undefined)}
      />
    </figure>
  );
}
