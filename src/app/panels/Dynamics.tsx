/** How the run moves: eigenvalues over time, the spectrum of its step, the map of stable settings, path angles. */
import { useRef } from 'react';
import { usePage, usePageState } from '../context.ts';
import { drawComplexPlane, type Window2D, windowFor } from '../draw/complexPlane.ts';
import { drawPathAngle } from '../draw/pathAngle.ts';
import { drawMap, placeIn } from '../draw/stabilityMap.ts';
import { count, short } from '../format.ts';
import { change, changeProbe, laneOf } from '../store.ts';
import { strings } from '../strings.ts';
import { Chart } from './Chart.tsx';
import { Figure } from './Figure.tsx';
import { Pick } from './Pick.tsx';
import { panelStrings } from './strings.ts';

const say = panelStrings.dynamics;
const waiting = (title: string) => `${title}: ${strings.charts.waiting}.`;

/** Words of panels follow the spoken sentence and every reading of the step, not every frame. */
function useNews(): void {
  usePageState((state) => state.readout.step);
}

export function SpectraChart() {
  const { spectra } = usePage().record;
  const lines = [
    { column: 2, label: say.mostReal, shape: 'triangle', colour: 'ink', dash: undefined },
    { column: 1, label: say.leastReal, shape: 'wedge', colour: 'warning', dash: undefined },
    { column: 3, label: say.mostImaginary, shape: 'diamond', colour: 'lane-1', dash: [5, 4] },
  ] as const;
  return (
    <Chart
      title={strings.panels.spectra}
      readings={lines.map((line) => ({ ...line, series: spectra, format: (value: number) => short(value) }))}
      scale="linear"
      options={(palette) => ({
        lines: lines.map(({ column, shape, colour, dash }) => ({
          series: spectra,
          column,
          colour: colour === 'lane-1' ? palette.lanes[0] : palette[colour],
          marker: shape,
          dash,
        })),
        levels: [{ value: 0, colour: palette.muted }],
      })}
      describe={(row) => {
        const [step, least, most, turning] = spectra.columns;
        return say.spectraAlt(step[row], least[row], most[row], turning[row]);
      }}
    />
  );
}

export function UpdateSpectrum() {
  const page = usePage();
  useNews();
  const colour = usePageState((state) => laneOf(state, state.selected).colour);
  const view = useRef<Window2D>(undefined);
  const reading = page.record.latest.updateSpectrum?.reading;
  const words =
    reading &&
    (reading.radiusPerStep === null
      ? reading.note
      : [say.radius(reading.radiusPerStep, reading.size, reading.period), reading.note]
          .filter(Boolean)
          .join(' '));
  return (
    <Figure
      title={strings.panels.update}
      words={words}
      alt={words ? say.updateAlt(words) : waiting(strings.panels.update)}
      paint={({ context, width, height, palette }) => {
        const now = page.record.latest.updateSpectrum?.reading;
        if (!now) return undefined;
        const { re, im } = now;
        // The whole circle is always seen.
        const circle = { re: [-1, 1], im: [-1, 1] };
        view.current = windowFor([{ re, im }, circle], width / height, view.current);
        const isIn = (i: number) => Math.hypot(re[i], im[i]) <= 1;
        const pick = (values: Float64Array, wanted: boolean) => values.filter((_, i) => isIn(i) === wanted);
        drawComplexPlane(
          context,
          width,
          height,
          {
            marks: [
              {
                re: pick(re, true),
                im: pick(im, true),
                colour: palette.lanes[colour],
                shape: 'circle',
                size: 4,
              },
              { re: pick(re, false), im: pick(im, false), colour: palette.warning, shape: 'cross', size: 4 },
            ],
            view: view.current,
            circle: 1,
          },
          palette,
        );
        return undefined;
      }}
    />
  );
}

/** Learning rate across, one more number upwards: press or drag in it, and the run follows. */
export function StabilityMap() {
  const page = usePage();
  const { store } = page;
  useNews();
  const experiment = usePageState((state) => state.experiment);
  const settings = usePageState((state) => state.probes.stabilityMap);
  const reading = page.record.latest.stabilityMap?.reading;
  const isDrawn = reading !== undefined && reading.radius.length > 0;
  const here = reading && say.mapWords(reading.path, reading.at === 'equilibrium');
  const words = !reading ? undefined : reading.note || here;
  return (
    <Figure
      title={strings.panels.stabilityMap}
      words={words}
      alt={words ? say.mapAlt(words) : waiting(strings.panels.stabilityMap)}
      onPoint={
        isDrawn
          ? (x, y, painting) => {
              const chosen = placeIn(reading, painting, x, y);
              if (!chosen) return;
              // Three digits: more would only make the link long.
              const rounded = (value: number) => Number(value.toPrecision(3));
              for (const player of ['generator', 'discriminator'] as const) {
                const path = 'magnitude' in experiment[player] ? 'magnitude.learningRate' : 'learningRate';
                change(store, `${player}.${path}`, rounded(chosen.rate));
              }
              change(store, reading.path, rounded(chosen.value));
            }
          : undefined
      }
      paint={({ context, width, height, palette }) => {
        const now = page.record.latest.stabilityMap?.reading;
        if (now && now.radius.length > 0) {
          drawMap(context, width, height, now, store.getState().experiment, palette);
        }
        return undefined;
      }}
    >
      {reading && reading.paths.length > 0 && (
        <Pick
          label={say.otherNumber}
          options={Object.fromEntries(reading.paths.map((path) => [path, path]))}
          value={reading.path}
          onChange={(path) => changeProbe(store, 'stabilityMap', { ...settings, path })}
        />
      )}
    </Figure>
  );
}

export function PathAngle() {
  const page = usePage();
  useNews();
  const reading = page.record.latest.pathAngle?.reading;
  const words = reading && say.signature(reading.signature as keyof typeof say.signatures);
  return (
    <Figure
      title={strings.panels.pathAngle}
      note={reading && say.between(count(reading.from), count(reading.to))}
      words={words}
      alt={words ? say.pathAlt(words) : waiting(strings.panels.pathAngle)}
      paint={({ context, width, height, palette }) => {
        const now = page.record.latest.pathAngle?.reading;
        if (now) drawPathAngle(context, width, height, now, palette);
        return undefined;
      }}
    />
  );
}
