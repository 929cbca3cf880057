/** The eigenvalues of the game's Jacobian, in the region where the method is stable; live, and all of them once. */
import { useRef } from 'react';
import { matrixSettings, orderSetting } from '../../analysis/choices.ts';
import { usePage, usePageState } from '../context.ts';
import {
  drawComplexPlane,
  hasNumbers,
  MARK,
  type Marks,
  placesOn,
  type Region,
  roomOf,
  type Window2D,
  windowFor,
} from '../draw/complexPlane.ts';
import type { Palette } from '../draw/palette.ts';
import { factsOf } from '../facts.ts';
import { percent } from '../format.ts';
import { laterStrings } from '../laterStrings.ts';
import type { Page } from '../page.ts';
import { isSmall } from '../panels.ts';
import type { RunRecord } from '../record.ts';
import { changeProbe, laneOf } from '../store.ts';
import { strings } from '../strings.ts';
import { EigenvalueList } from './EigenvalueList.tsx';
import { Figure } from './Figure.tsx';
import { Pick } from './Pick.tsx';
import { panelStrings } from './strings.ts';
import { dotsOf, leadingFirst, toldOf } from './toldEigenvalues.ts';
import type { Dot } from './useDots.ts';
import { useReading } from './useNews.ts';

const say = panelStrings.eigenvalues;

/** Eigenvalues by where they are: what pulls in is round, what pushes away or escapes the region a cross. */
function marksOf(
  re: Float64Array,
  im: Float64Array,
  isIn: (i: number) => boolean,
  colour: string,
  palette: Palette,
  size?: number,
): Marks[] {
  const pick = (values: Float64Array, wanted: boolean) => values.filter((_, i) => isIn(i) === wanted);
  return [
    { re: pick(re, true), im: pick(im, true), colour, shape: 'circle', size },
    { re: pick(re, false), im: pick(im, false), colour: palette.warning, shape: 'cross', size },
  ];
}

export function Eigenvalues() {
  const small = usePageState((state) => isSmall(factsOf(state.experiment.game)));
  return small ? <InRegion /> : <Leading />;
}

/** How far a square that is asked for reaches beyond what is seen. */
const BEYOND = 1.02;
const RESOLUTION = 96;

/** A small game: everything at once, in the plane of rate times eigenvalue. */
function InRegion() {
  const page = usePage();
  const colour = usePageState((state) => laneOf(state, state.selected).colour);
  const view = useRef<Window2D>(undefined);
  const dots = useRef<readonly Dot[]>([]);
  const reading = useReading('stabilityRegion');

  return (
    <Figure
      title={strings.panels.eigenvalues}
      note={reading && say.at(reading.at === 'equilibrium', drawnOf(reading), reading.step)}
      words={reading && regionWords(reading)}
      alt={
        reading
          ? say.alt(regionWords(reading))
          : `${strings.panels.eigenvalues}: ${laterStrings.charts.waiting}.`
      }
      dots={reading && { painted: () => dots.current, role: say.dots, help: say.dotsHelp }}
      list={reading && <OfJacobian reading={reading} />}
      step={page.record.latest.stabilityRegion?.step}
      paint={({ context, width, height, palette }) => {
        const now = page.record.latest.stabilityRegion?.reading;
        dots.current = [];
        if (!now || !hasNumbers([now.eigenvalues])) return undefined;
        const { eigenvalues } = now;
        view.current = windowFor([eigenvalues], { width, height, room: roomOf(palette) }, view.current);
        askForRegion(page, view.current);
        const isIn = (i: number) => now.how === 'none' || now.moduli[i] < 1;
        const marks = marksOf(eigenvalues.re, eigenvalues.im, isIn, palette.lanes[colour], palette, MARK);
        drawComplexPlane(
          context,
          width,
          height,
          { marks, region: regionOf(now), view: view.current },
          palette,
        );
        const lambda = unscaled(now);
        dots.current = dotsOf(
          eigenvalues,
          placesOn(view.current, { width, height }),
          (i) => say.dot(lambda.re[i], lambda.im[i], now.moduli[i]),
          (i) => now.moduli[i] ?? Math.hypot(eigenvalues.re[i], eigenvalues.im[i]),
        );
        return undefined;
      }}
    />
  );
}

/** Formulas are in the eigenvalues of the rates times J, what is read off from steps in those of J alone. */
const drawnOf = ({ how, rate, ratio }: RegionReading) => ({ rate, ratio, ofBoth: how === 'formula' });

/** The eigenvalues of J themselves; of a rate of 0 none are told. */
function unscaled({ eigenvalues: { re, im }, rate }: RegionReading) {
  const own = (values: Float64Array) => values.map((value) => value / rate);
  return rate > 0 ? { re: own(re), im: own(im) } : { re: new Float64Array(0), im: new Float64Array(0) };
}

function OfJacobian({ reading }: { reading: RegionReading }) {
  const { how, moduli } = reading;
  const { ratio, ofBoth } = drawnOf(reading);
  return (
    <EigenvalueList
      symbol="λ"
      note={say.list.note(how !== 'none', ofBoth ? ratio : 1)}
      told={leadingFirst(toldOf(unscaled(reading), (i) => moduli[i]))}
    />
  );
}

type RegionReading = NonNullable<RunRecord['latest']['stabilityRegion']>['reading'];

/** The region over what is seen: asked for when the window has become another. */
function askForRegion({ store }: Page, { centre, halfWidth }: Window2D): void {
  const asked = store.getState().probes.stabilityRegion;
  const wanted = { centre: [centre, 0], extent: BEYOND * halfWidth, resolution: RESOLUTION };
  if (JSON.stringify(asked) !== JSON.stringify(wanted)) changeProbe(store, 'stabilityRegion', wanted);
}

/** The region of a reading as it is drawn; undefined where the method has none. */
function regionOf({ how, radius, resolution, centre, extent }: RegionReading): Region | undefined {
  if (how === 'none') return undefined;
  const real = [centre[0] - extent, centre[0] + extent] as const;
  return { radius, columns: resolution, rows: resolution, real, imaginary: [-extent, extent] };
}

/** Between the four points around; outside of the region what lies at its edge. */
function radiusAt({ radius, columns, rows, real, imaginary }: Region, re: number, im: number): number {
  const column = ((re - real[0]) / (real[1] - real[0])) * (columns - 1);
  const row = ((im - imaginary[0]) / (imaginary[1] - imaginary[0])) * (rows - 1);
  const left = Math.max(0, Math.min(columns - 2, Math.floor(column)));
  const below = Math.max(0, Math.min(rows - 2, Math.floor(row)));
  const [u, v] = [column - left, row - below];
  const at = (i: number, j: number) => radius[(below + j) * columns + left + i];
  return (1 - v) * ((1 - u) * at(0, 0) + u * at(1, 0)) + v * ((1 - u) * at(0, 1) + u * at(1, 1));
}

function regionWords(reading: RegionReading): string {
  const { facts, note, how, ratio } = reading;
  if (!facts) return note;
  const { rateTimesLargest, stable, largestStableRate, bestRate, bestRadius } = facts;
  const words = [say.reach(rateTimesLargest, drawnOf(reading))];
  if (stable === 'never') words.push(say.never);
  else if (stable === 'always') words.push(say.always);
  else if (largestStableRate !== null) words.push(say.below(largestStableRate, ratio));
  if (bestRate !== null && bestRadius !== null) words.push(say.best(bestRate, bestRadius));
  if (note && how !== 'formula') words.push(note);
  return words.join(' ');
}

/** A large game: the outermost eigenvalues live, all of them when asked for. */
function Leading() {
  const page = usePage();
  const { store } = page;
  const colour = usePageState((state) => laneOf(state, state.selected).colour);
  const settings = usePageState((state) => state.probes.leadingSpectrum);
  const wanted = usePageState((state) => state.wantsSpectrum);
  usePageState((state) => state.readout.step); // for the progress
  const view = useRef<Window2D>(undefined);
  const dots = useRef<readonly Dot[]>([]);
  const leading = useReading('leadingSpectrum');
  const dense = useReading('spectrum');
  const progress = page.record.frame?.working.spectrum;
  const region = useReading('stabilityRegion');
  const ground = region && regionIn(region, settings?.matrix);
  const words = [
    leading ? leadingWords(leading, dense) : say.waiting,
    leading && (ground ? say.scaled(ground.rate) : region?.note),
  ]
    .filter(Boolean)
    .join(' ');
  return (
    <Figure
      title={strings.panels.eigenvalues}
      note={leading && say.leading(leading.re.length, leading.size, leading.step)}
      words={words}
      alt={say.alt(words)}
      dots={leading && { painted: () => dots.current, role: say.dots, help: say.dotsHelp }}
      list={
        leading && (
          <EigenvalueList
            symbol="λ"
            isRough
            note={say.list.ofMatrix(ground !== undefined)}
            told={toldOf(leading, (i) => ground && modulusIn(ground, leading.re[i], leading.im[i]))}
          />
        )
      }
      step={page.record.latest.leadingSpectrum?.step}
      paint={({ context, width, height, palette }) => {
        const { leadingSpectrum: live, spectrum: whole, stabilityRegion } = page.record.latest;
        const ground = stabilityRegion && regionIn(stabilityRegion.reading, settings?.matrix);
        const scale = ground?.rate ?? 1;
        const scaled = (values: Float64Array) => values.map((value) => scale * value);
        const drawn = [live?.reading, whole?.reading].flatMap((each) =>
          each && 're' in each && each.re ? [{ re: scaled(each.re), im: scaled(each.im) }] : [],
        );
        dots.current = [];
        if (!hasNumbers(drawn)) return undefined;
        view.current = windowFor(drawn, { width, height, room: roomOf(palette) }, view.current);
        askForRegion(page, view.current);
        const region = ground && regionOf(ground);
        const marks: Marks[] = [];
        if (whole && 're' in whole.reading && whole.reading.re) {
          const [re, im] = [scaled(whole.reading.re), scaled(whole.reading.im)];
          marks.push({ re, im, colour: palette.muted, shape: 'circle', size: 1.7, alpha: 0.6 });
        }
        if (live) {
          const [re, im] = [scaled(live.reading.re), scaled(live.reading.im)];
          const isIn = (i: number) => (region ? radiusAt(region, re[i], im[i]) < 1 : re[i] >= 0);
          marks.push(...marksOf(re, im, isIn, palette.lanes[colour], palette, 3.4));
        }
        drawComplexPlane(context, width, height, { marks, region, view: view.current }, palette);
        const { re = new Float64Array(0), im = re } = live?.reading ?? {};
        dots.current = dotsOf(
          { re: scaled(re), im: scaled(im) },
          placesOn(view.current, { width, height }),
          (i) => say.dot(re[i], im[i], ground && modulusIn(ground, re[i], im[i]), true),
          (i) => -i, // in the order in which they come first
        );
        return undefined;
      }}
    >
      <Pick
        label={say.matrix}
        options={matrixSettings.matrix.options}
        value={String(settings?.matrix ?? matrixSettings.matrix.default)}
        onChange={(matrix) => changeProbe(store, 'leadingSpectrum', { ...settings, matrix })}
      />
      <Pick
        label={say.outermost}
        options={orderSetting.wanted.options}
        value={String(settings?.wanted ?? 'magnitude')}
        onChange={(order) => changeProbe(store, 'leadingSpectrum', { ...settings, wanted: order })}
      />
      <button
        type="button"
        className="quiet"
        aria-pressed={wanted}
        title={say.allHelp}
        onClick={() => store.setState({ wantsSpectrum: !wanted })}
      >
        {wanted && progress !== undefined ? say.progress(progress) : say.all}
      </button>
    </Figure>
  );
}

/** A region that the eigenvalues of a matrix lie in: those of J, where both players have the same rate. */
const regionIn = (reading: RegionReading, matrix: unknown = 'jacobian'): RegionReading | undefined =>
  reading.how !== 'none' && reading.ratio === 1 && matrix === 'jacobian' ? reading : undefined;

/** What a step leaves of the part of an eigenvalue of J, read between the points of a region; undefined beyond it. */
function modulusIn(reading: RegionReading, re: number, im: number): number | undefined {
  const region = regionOf(reading) as Region;
  const [x, y] = [reading.rate * re, reading.rate * im];
  const [left, right] = region.real;
  const [lowest, highest] = region.imaginary;
  if (!(x >= left && x <= right && y >= lowest && y <= highest)) return undefined;
  return radiusAt(region, x, y);
}

function leadingWords(
  { re, im, converged }: NonNullable<RunRecord['latest']['leadingSpectrum']>['reading'],
  dense: NonNullable<RunRecord['latest']['spectrum']>['reading'] | undefined,
): string {
  const words: string[] = [];
  if (dense && 'tooLarge' in dense && dense.tooLarge) words.push(dense.tooLarge);
  else if (dense && 'shareNegative' in dense && dense.shareNegative !== null) {
    words.push(
      say.shares(
        dense.step,
        percent(dense.shareNegative),
        percent(dense.shareRotational ?? 0),
        dense.largestStep,
      ),
    );
  }
  let largest = 0;
  let turning = 0;
  for (let i = 0; i < re.length; i++) {
    largest = Math.max(largest, Math.hypot(re[i], im[i]));
    turning = Math.max(turning, Math.abs(im[i]));
  }
  words.push(say.outer(largest, Math.min(...re), turning));
  if (converged < re.length) words.push(say.rough(re.length - converged));
  return words.join(' ');
}
