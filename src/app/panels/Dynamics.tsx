/** How the run moves: eigenvalues over time, the spectrum of its step, the map of stable settings, path angles. */
import { useEffect, useRef } from 'react';
import type { Readings } from '../../analysis/index.ts';
import type { Experiment } from '../../catalog/experiment.ts';
import { Listen } from '../access/Listen.tsx';
import { usePage, usePageState } from '../context.ts';
import { drawComplexPlane, MARK, placesOn, roomOf, type Window2D, windowFor } from '../draw/complexPlane.ts';
import { drawPathAngle } from '../draw/pathAngle.ts';
import { drawMap, isChoiceIn, placeIn } from '../draw/stabilityMap.ts';
import { factsOf } from '../facts.ts';
import { count, short } from '../format.ts';
import { laterStrings } from '../laterStrings.ts';
import { isSmall } from '../panels.ts';
import { change, changeProbe, laneOf } from '../store.ts';
import { strings } from '../strings.ts';
import { Chart } from './Chart.tsx';
import { EigenvalueList } from './EigenvalueList.tsx';
import { Figure } from './Figure.tsx';
import { hearablePath } from './hearable.ts';
import { Pick } from './Pick.tsx';
import { usePlace } from './place.ts';
import { panelStrings } from './strings.ts';
import { dotsOf, leadingFirst, toldOf } from './toldEigenvalues.ts';
import type { Dot } from './useDots.ts';
import { useReading } from './useNews.ts';

const say = panelStrings.dynamics;
const waiting = (title: string) => `${title}: ${laterStrings.charts.waiting}.`;

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
      isSampled
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
  const colour = usePageState((state) => laneOf(state, state.selected).colour);
  const view = useRef<Window2D>(undefined);
  const dots = useRef<readonly Dot[]>([]);
  const reading = useReading('updateSpectrum');
  const size = (i: number) => (reading ? Math.hypot(reading.re[i], reading.im[i]) : 0);
  const isLarge = usePageState((state) => !isSmall(factsOf(state.experiment.game)));
  const words =
    reading &&
    (reading.radiusPerStep === null
      ? [reading.note, isLarge && say.elsewhere].filter(Boolean).join(' ')
      : [say.radius(reading.radiusPerStep, reading.size, reading.period), reading.note]
          .filter(Boolean)
          .join(' '));
  return (
    <Figure
      title={strings.panels.update}
      note={reading && say.ofStep(reading.step)}
      words={words}
      alt={words ? say.updateAlt(words) : waiting(strings.panels.update)}
      dots={
        reading && {
          painted: () => dots.current,
          role: panelStrings.eigenvalues.dots,
          help: panelStrings.eigenvalues.dotsHelp,
        }
      }
      list={
        reading && (
          <EigenvalueList
            symbol="μ"
            note={panelStrings.eigenvalues.list.stepNote(reading.period)}
            told={leadingFirst(toldOf(reading, size))}
          />
        )
      }
      step={page.record.latest.updateSpectrum?.step}
      paint={({ context, width, height, palette }) => {
        const now = page.record.latest.updateSpectrum?.reading;
        if (!now) return undefined;
        const { re, im } = now;
        // The whole circle is always seen.
        const circle = { re: [-1, 1], im: [-1, 1] };
        view.current = windowFor(
          [{ re, im }, circle],
          { width, height, room: roomOf(palette) },
          view.current,
        );
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
                size: MARK,
              },
              {
                re: pick(re, false),
                im: pick(im, false),
                colour: palette.warning,
                shape: 'cross',
                size: MARK,
              },
            ],
            view: view.current,
            circle: 1,
          },
          palette,
        );
        const modulus = (i: number) => Math.hypot(re[i], im[i]);
        dots.current = dotsOf(
          { re, im },
          placesOn(view.current, { width, height }),
          (i) => panelStrings.eigenvalues.stepDot(re[i], im[i]),
          modulus,
        );
        return undefined;
      }}
    />
  );
}

type MapReading = NonNullable<Readings['stabilityMap']>;
type Range = readonly number[];

const endsOf = (all: Float64Array): Range => [all[0], all[all.length - 1]];
/** Ends of a range come back from its cells rounded: at most so far away, as a share of it. */
const ROUNDED = 1e-9;

/** Whether a map lies where it is held, if it is; one without cells lies nowhere. */
function liesWhereHeld(
  { rates, values }: MapReading,
  { rateRange, valueRange }: Readonly<Record<string, unknown>> = {},
): boolean {
  const isIn = (all: Float64Array, range: unknown) => {
    if (range === undefined || all.length === 0) return true;
    const [from, to] = range as Range;
    const [first, last] = endsOf(all);
    return Math.max(Math.abs(first - from), Math.abs(last - to)) <= ROUNDED * (Math.abs(from) + Math.abs(to));
  };
  return isIn(rates, rateRange) && isIn(values, valueRange);
}

/**
 * The map that is shown stays where it is while somebody chooses in it, until it is laid anew or over another number.
 * It is held as soon as it is there, and by whoever presses in it: what is asked from then on is of the same places,
 * and what was asked before and comes later is not shown.
 */
function useHeldMap(experiment: Experiment) {
  const { store, record } = usePage();
  const settings = usePageState((state) => state.probes.stabilityMap);
  const newest = useReading('stabilityMap');
  const lane = usePageState((state) => state.selected);
  const shown = useRef<{ readonly lane: number; readonly reading?: MapReading }>(undefined);
  const isFirst = shown.current?.lane !== lane || !shown.current.reading;
  if (isFirst || !newest || liesWhereHeld(newest, settings)) shown.current = { lane, reading: newest };
  const reading = shown.current?.reading;
  /** Of which number the values are that are held. */
  const heldPath = useRef<string>(undefined);
  /** What was let go, and when: neither it nor what was being read then is held again, but by a hand. */
  const released = useRef<{ reading?: MapReading; run: number; step: number }>({ run: -1, step: 0 });
  const hold = ({ path, paths, rates, values }: MapReading) => {
    const now = store.getState().probes.stabilityMap;
    const isHeld = heldPath.current !== undefined && now?.valueRange !== undefined;
    if (isHeld || path !== (now?.path || paths[0])) return;
    heldPath.current = path;
    changeProbe(store, 'stabilityMap', { ...now, rateRange: endsOf(rates), valueRange: endsOf(values) });
  };
  const centre = () => {
    const { rateRange: _, valueRange: __, ...rest } = store.getState().probes.stabilityMap ?? {};
    heldPath.current = undefined;
    released.current = { reading, run: record.frame?.run ?? -1, step: record.frame?.step ?? 0 };
    changeProbe(store, 'stabilityMap', rest);
  };
  const take = (path: string) => {
    heldPath.current = undefined;
    changeProbe(store, 'stabilityMap', { rateRange: settings?.rateRange, path });
  };
  useEffect(() => {
    if (!reading || reading.radius.length === 0) return;
    const isOld = record.frame?.run === released.current.run && reading.step < released.current.step;
    if (isOld || reading === released.current.reading) return;
    if (isChoiceIn(reading, experiment) && (heldPath.current ?? reading.path) === reading.path) hold(reading);
    else if (settings?.rateRange) centre();
  });
  return { reading, hold, centre, take };
}

/** Learning rate across, one more number upwards: press or drag in it, and the run follows. */
export function StabilityMap() {
  const { store, record } = usePage();
  const experiment = usePageState((state) => state.experiment);
  const { reading, hold, centre, take } = useHeldMap(experiment);
  const isDrawn = reading !== undefined && reading.radius.length > 0;
  const here = reading && say.mapWords(reading.path, reading.at === 'equilibrium', reading.step);
  const words = !reading ? undefined : reading.note || here;
  return (
    <Figure
      title={strings.panels.stabilityMap}
      words={words}
      alt={words ? say.mapAlt(words) : waiting(strings.panels.stabilityMap)}
      step={record.latest.stabilityMap?.step}
      pointing={
        isDrawn
          ? {
              words(x, y, painting) {
                const chosen = placeIn(reading, painting, x, y);
                return chosen && say.mapPlace(chosen.rate, reading.path, chosen.value, chosen.radius);
              },
              take(x, y, painting) {
                const chosen = placeIn(reading, painting, x, y);
                if (!chosen) return;
                hold(reading); // before anything is asked of what is chosen now
                // Three digits: more would only make the link long.
                const rounded = (value: number) => Number(value.toPrecision(3));
                for (const player of ['generator', 'discriminator'] as const) {
                  const path = 'magnitude' in experiment[player] ? 'magnitude.learningRate' : 'learningRate';
                  change(store, `${player}.${path}`, rounded(chosen.rate));
                }
                change(store, reading.path, rounded(chosen.value));
              },
            }
          : undefined
      }
      paint={({ context, width, height, palette }) => {
        if (isDrawn) drawMap(context, width, height, reading, store.getState().experiment, palette);
        return undefined;
      }}
    >
      {isDrawn && (
        <button type="button" className="quiet" title={say.centreHelp} onClick={centre}>
          {say.centre}
        </button>
      )}
      {reading && reading.paths.length > 0 && (
        <Pick
          label={say.otherNumber}
          options={Object.fromEntries(reading.paths.map((path) => [path, path]))}
          value={reading.path}
          onChange={take}
        />
      )}
    </Figure>
  );
}

export function PathAngle() {
  const page = usePage();
  const reading = useReading('pathAngle');
  const { speak } = usePlace();
  const words = reading && say.signature(reading.signature as keyof typeof say.signatures);
  return (
    <Figure
      title={strings.panels.pathAngle}
      note={reading && say.between(count(reading.from), count(reading.to))}
      words={words}
      alt={words ? say.pathAlt(words) : waiting(strings.panels.pathAngle)}
      step={page.record.latest.pathAngle?.step}
      paint={({ context, width, height, palette }) => {
        const now = page.record.latest.pathAngle?.reading;
        if (now) drawPathAngle(context, width, height, now, palette);
        return undefined;
      }}
    >
      {reading && (
        <Listen title={strings.panels.pathAngle} speak={speak} curves={() => hearablePath(reading)} />
      )}
    </Figure>
  );
}
