/** One figure of a probe over steps, for all lanes, beside what perfect samples of the same size would score. */
import { useHeard, usePage, usePageState } from '../context.ts';
import { laneShapes } from '../draw/shapes.ts';
import { short } from '../format.ts';
import { laterStrings } from '../laterStrings.ts';
import { figures } from '../record.ts';
import { laneOf, pickFigure } from '../store.ts';
import { strings } from '../strings.ts';
import { Chart } from './Chart.tsx';
import { useLaneLines } from './laneLines.ts';
import { figureChoices, figureLabel, pickedFigure } from './latest.ts';
import { Pick } from './Pick.tsx';
import { panelStrings } from './strings.ts';

const say = panelStrings.figures;

interface Perfect {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

interface FiguresProps {
  readonly panel: keyof typeof figureChoices;
  readonly scale: 'linear' | 'log';
  readonly range?: readonly [number, number];
}

export function Figures({ panel, scale, range }: FiguresProps) {
  const page = usePage();
  const picked = usePageState((state) => state.picked);
  const [probe, figure] = pickedFigure(panel, picked);
  const choices = figureChoices[panel];
  const column = (figures[probe] as readonly string[]).indexOf(figure) + 1;
  const colour = usePageState((state) => laneOf(state, state.selected).colour);
  const laneLines = useLaneLines();
  const several = useHeard().length > 1;
  const series = page.record.figuresOf(probe);
  const label = figureLabel(figure);
  /** What perfect samples score; the same in all lanes. */
  const perfect = (): Perfect | undefined => {
    const reading = page.record.latest[probe]?.reading as
      | { readonly floor?: Readonly<Record<string, Perfect>> }
      | undefined;
    return reading?.floor?.[figure];
  };
  return (
    <Chart
      title={strings.panels[panel]}
      isSampled
      note={() => {
        const { samples } = (page.record.latest[probe]?.reading ?? {}) as { samples?: number };
        return samples === undefined ? undefined : laterStrings.charts.samples(samples);
      }}
      controls={
        choices.length > 1 && (
          <Pick
            label={say.which}
            options={Object.fromEntries(choices.map(([, name]) => [name, figureLabel(name)]))}
            value={figure}
            onChange={(value) => pickFigure(page.store, panel, value)}
          />
        )
      }
      readings={[
        {
          series,
          column,
          label,
          shape: laneShapes[colour],
          colour: `lane-${colour + 1}`,
          raced: [],
          format: (value) => short(value),
        },
      ]}
      scale={range ? undefined : scale}
      options={(palette) => {
        const best = perfect();
        return {
          range,
          lines: laneLines(palette, ({ record, own, shape, width }) => [
            {
              series: record.figuresOf(probe),
              column,
              colour: own ?? palette.lanes[colour],
              marker: shape,
              width: several ? width : 1.8,
            },
          ]),
          levels: best ? [{ value: best.mean, colour: palette.muted, label: say.perfect(best.mean) }] : [],
          bands: best ? [{ low: best.low, high: best.high, colour: palette.muted }] : [],
        };
      }}
      describe={(row) => say.alt(label, series.columns[column][row], series.columns[0][row])}
    />
  );
}
