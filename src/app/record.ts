/** What the page remembers of a run, outside React: its newest frame and readings, and thinned histories. */
import type { Readings } from '../analysis/index.ts';
import type { Alone, Frame, Outcome, Past, SettingsFrom } from '../worker/protocol.ts';
import { type Clock, openClock } from './clock.ts';
import { type Film, openFilm } from './film.ts';
import { type Ghosts, openGhosts } from './ghosts.ts';

/** The longest path that is drawn, in points. */
export const PATH_POINTS = 20_000;
/** A series keeps at most this many rows; beyond, every second one goes. */
const SERIES_ROWS = 16_384;
/** Columns and paths begin short: most of a run's series are of panels that nobody opens. */
const FIRST_ROWS = 32;

/** The same numbers with room for twice as many, at most `limit` of them. */
function grown(numbers: Float64Array<ArrayBuffer>, limit: number): Float64Array<ArrayBuffer> {
  const longer = new Float64Array(Math.min(limit, 2 * numbers.length));
  longer.set(numbers);
  return longer;
}

/**
 * Columns of numbers over steps. When it is full, every second row goes, so all of a run stays in view. Where the
 * run stands in its past, rows of its future are still there, behind the others.
 */
export interface Series {
  /** Rows up to the present step. */
  readonly length: number;
  /** All rows. */
  readonly whole: number;
  /** One typed array per column, not shorter than `whole`, the first one of the step; others when the series has grown. */
  readonly columns: readonly Float64Array[];
  /** A row of the present step, after those before it. */
  add(...row: number[]): void;
  /** The run stands at this step now: rows up to it are of the present and the past. */
  goTo(step: number): void;
  /** Forgets the rows of the future. */
  cut(): void;
  clear(): void;
}

export function openSeries(width: number, limit = SERIES_ROWS): Series {
  let room = Math.min(limit, FIRST_ROWS);
  const columns = Array.from({ length: width }, () => new Float64Array(room));
  let length = 0;
  let whole = 0;
  /** Only every `stride`-th row that is offered is kept. */
  let stride = 1;
  let offered = 0;

  function thin(): void {
    for (const column of columns) {
      for (let i = 0; 2 * i < whole; i++) column[i] = column[2 * i];
    }
    length = Math.ceil(length / 2);
    whole = Math.ceil(whole / 2);
    stride *= 2;
  }

  return {
    get length() {
      return length;
    },
    get whole() {
      return whole;
    },
    columns,
    add(...row) {
      const isOfThePast = length < whole;
      if (!isOfThePast && offered++ % stride !== 0) return;
      if (whole === limit) {
        thin();
        if (!isOfThePast && (offered - 1) % stride !== 0) return;
      }
      if (whole === room) {
        for (let i = 0; i < width; i++) columns[i] = grown(columns[i], limit);
        room = columns[0].length;
      }
      for (let i = 0; i < width; i++) {
        if (isOfThePast) columns[i].copyWithin(length + 1, length, whole);
        columns[i][length] = row[i];
      }
      length += 1;
      whole += 1;
    },
    goTo(step) {
      const [steps] = columns;
      while (length < whole && steps[length] <= step) length += 1;
      while (length > 0 && steps[length - 1] > step) length -= 1;
    },
    cut() {
      if (length === whole) return;
      whole = length;
      offered = length > 0 ? (length - 1) * stride + 1 : 0; // as if the last row had just been added
    },
    clear() {
      length = 0;
      whole = 0;
      stride = 1;
      offered = 0;
    },
  };
}

/** The newest points of a path in the plane, oldest first, each with its step. */
export interface Trail {
  /** Points up to the present step. */
  readonly length: number;
  /** theta, phi and step of the i-th point that is kept; NaN for the step of none. */
  theta(i: number): number;
  phi(i: number): number;
  step(i: number): number;
  /** Points that end at `lastStep`; those of steps that are known already are left out. */
  add(path: Float64Array, lastStep: number): void;
  /** As for a series. */
  goTo(step: number): void;
  cut(): void;
  clear(): void;
}

export function openTrail(limit = PATH_POINTS): Trail {
  let points = new Float64Array(2 * Math.min(limit, FIRST_ROWS));
  let steps = new Float64Array(Math.min(limit, FIRST_ROWS));
  /** Points are counted from the first one ever; from `oldest` on they are kept, from `shown` on of the future. */
  let oldest = 0;
  let shown = 0;
  let noted = 0;
  const place = (i: number) => (oldest + i) % limit;
  return {
    get length() {
      return shown - oldest;
    },
    theta: (i) => points[2 * place(i)],
    phi: (i) => points[2 * place(i) + 1],
    step: (i) => (oldest + i < noted ? steps[place(i)] : Number.NaN),
    add(path, lastStep) {
      const count = path.length / 2;
      for (let i = 0; i < count; i++) {
        // The step that overflowed leads nowhere that could be drawn.
        if (!Number.isFinite(path[2 * i]) || !Number.isFinite(path[2 * i + 1])) continue;
        const step = lastStep - count + 1 + i;
        if (noted > oldest && steps[(noted - 1) % limit] >= step) continue;
        // It goes round only when there is all the room that there can be.
        if (noted === steps.length && noted < limit) {
          points = grown(points, 2 * limit);
          steps = grown(steps, limit);
        }
        const at = noted % limit;
        points[2 * at] = path[2 * i];
        points[2 * at + 1] = path[2 * i + 1];
        steps[at] = step;
        noted += 1;
        oldest = Math.max(oldest, noted - limit);
      }
      shown = noted;
    },
    goTo(step) {
      while (shown < noted && steps[shown % limit] <= step) shown += 1;
      while (shown > oldest && steps[(shown - 1) % limit] > step) shown -= 1;
    },
    cut() {
      noted = shown;
    },
    clear() {
      oldest = 0;
      shown = 0;
      noted = 0;
    },
  };
}

/** What is kept over time of probes that read a few figures: their names, in the order of the columns. */
export const figures = {
  gradientNorms: ['generator', 'discriminator', 'joint'],
  steps: ['generator', 'discriminator', 'ratio'],
  distances: ['w1', 'w2', 'slicedW1', 'energy', 'mmdSquaredUnbiased'],
  fidelity: ['precision', 'recall', 'density', 'coverage'],
  divergence: ['js', 'uncovered'],
  dualityGap: ['gap'],
  rotation: ['period', 'strength'],
  pictureClasses: ['inception', 'frechet', 'entropy', 'covered'],
} as const satisfies { readonly [Name in keyof Readings]?: readonly string[] };
export type FigureProbe = keyof typeof figures;

/** Extremes of eigenvalues over time: step, least and most real part, most imaginary part, share that pushes away. */
const SPECTRUM_COLUMNS = 5;
/** Histograms of modes that are kept over time. */
const HISTOGRAMS = 512;

/** A reading and when it was taken. */
export interface Taken<R> {
  readonly reading: R;
  readonly step: number;
  /** When it reached the page, performance.now(). */
  readonly at: number;
}

type Latest = { [Name in keyof Readings]?: Taken<NonNullable<Readings[Name]>> };

export interface RunRecord {
  readonly frame: Frame | undefined;
  /** The newest reading of each probe. */
  readonly latest: Latest;
  /** step, generator, discriminator */
  readonly losses: Series;
  /** step, covered modes, total modes, share of high quality */
  readonly modes: Series;
  /** step, distance to the nearest equilibrium; filled by whoever knows the equilibria */
  readonly distance: Series;
  /** The same of the average, where the run's path is known beside it. */
  readonly averageDistance: Series;
  /** step, probabilities of the first player's actions (3), of the second's (3) */
  readonly strategies: Series;
  /** step, shares of right labels in the source and in the target, share of right domains */
  readonly accuracy: Series;
  /** step, least real part, most real part, largest imaginary part of the newest eigenvalues that were read */
  readonly spectra: Series;
  /** step, then the figures of a probe in their order */
  figuresOf(probe: FigureProbe): Series;
  /** step, then samples of high quality at each mode; only where there are modes */
  readonly histograms: Series | undefined;
  readonly trail: Trail;
  /**
   * The settings that the run went through, in their order, those of its beginning first: at step 0, unless nothing is
   * known of it before a later one.
   */
  readonly settings: readonly SettingsFrom[];
  /** The steps in which one player alone moved. */
  readonly alone: readonly Alone[];
  /** The device that the run was played on first, and those that it was moved to, each with the step after that. */
  readonly devices: readonly { readonly step: number; readonly device: string }[];
  /** How the run ended, if it did, wherever in its past it stands now. */
  readonly end: Outcome | undefined;
  /** Whether the run stands before the furthest step that it has come to. */
  readonly isInPast: boolean;
  /** The step from which on another worker went on with the run: what was before can be seen, but not gone to. */
  readonly resumedAt: number | undefined;
  /** What each step had taken: how series over steps lie on the charts' axis. */
  readonly clock: Clock;
  /** Samples in the plane, or pictures, at moments over the run. */
  readonly film: Film;
  /** Paths of earlier runs of the same game, from other starts; until all is forgotten. */
  readonly ghosts: Ghosts;
  /** `start` is the point before the first step, where it is known. */
  add(frame: Frame, at: number, start?: readonly number[]): void;
  /** Another worker goes on with the run from this step: what is known until then stays. */
  resume(step: number): void;
  /** The run that comes goes on with another, from a step of that, of which this is known. */
  inherit(past: Past): void;
  /** Forgets everything: another run begins. */
  clear(): void;
  subscribe(listener: () => void): () => void;
}

/** What of a run was done up to a step. */
export function pastOf({ settings, alone }: Pick<RunRecord, 'settings' | 'alone'>, step: number): Past {
  return {
    step,
    settings: settings.filter((each) => each.step <= step),
    alone: alone.flatMap((each) => {
      const steps = Math.min(each.steps, step - each.step);
      return steps > 0 ? [{ ...each, steps }] : [];
    }),
  };
}

export const isNew = ({ length, columns }: Series, step: number) =>
  length === 0 || columns[0][length - 1] < step;

/** A row of this step: a new one, or in place of the one that was measured there before the data, or the game, became others. */
export function note(series: Series, step: number, ...row: number[]): void {
  if (isNew(series, step)) series.add(step, ...row);
  else if (series.columns[0][series.length - 1] === step) {
    for (const [i, value] of row.entries()) series.columns[i + 1][series.length - 1] = value;
  }
}

export function openRecord(): RunRecord {
  const losses = openSeries(3, 2 * SERIES_ROWS);
  const modes = openSeries(4);
  const distance = openSeries(2);
  const averageDistance = openSeries(2);
  const strategies = openSeries(7);
  const accuracy = openSeries(4);
  const spectra = openSeries(SPECTRUM_COLUMNS);
  const figureSeries = new Map(
    Object.entries(figures).map(([probe, names]) => [probe, openSeries(names.length + 1)]),
  );
  let histograms: Series | undefined;
  let trail = openTrail();
  /** The path to a step of the past that the trail does not reach back to: walked once more on the way there. */
  let visit: Trail | undefined;
  let settings: SettingsFrom[] = [];
  let end: Outcome | undefined;
  let resumedAt: number | undefined;
  /** The next frame is the first one of another worker. */
  let isResuming = false;
  /** What was done before the worker took the run over: it knows its own only. */
  let before: Pick<Past, 'settings' | 'alone'> = { settings: [], alone: [] };
  let inherited: Past | undefined;
  let devices: RunRecord['devices'] = [];
  const clock = openClock(openSeries(3));
  const film = openFilm();
  const ghosts = openGhosts();
  const listeners = new Set<() => void>();
  let latest: Record<string, Taken<unknown>> = {};
  let frame: Frame | undefined;

  const allSeries = () => [
    modes,
    distance,
    averageDistance,
    strategies,
    accuracy,
    spectra,
    ...figureSeries.values(),
    ...(histograms ? [histograms] : []),
  ];

  function forget(): void {
    for (const history of [losses, trail, clock, film, ...allSeries()]) history.clear();
    histograms = undefined;
    visit = undefined;
    settings = [];
    before = { settings: [], alone: [] };
    devices = [];
    resumedAt = undefined;
    end = undefined;
    latest = {};
    frame = undefined;
  }

  /** What is shown is of this step. */
  function goTo(step: number): void {
    losses.goTo(step - 1); // each is met in the step that begins there
    trail.goTo(step);
    for (const series of allSeries()) series.goTo(step);
    for (const [name, taken] of Object.entries(latest)) if (taken.step > step) delete latest[name];
  }

  /** The run went on from this step of its past: what came after is no more. */
  function fork(step: number): void {
    goTo(step);
    if (trail.length === 0 && visit) trail = visit;
    visit = undefined;
    for (const history of [losses, trail, ...allSeries()]) history.cut();
    clock.cut(step);
    film.cut(step);
    devices = devices.filter((moved) => moved.step <= step);
    end = undefined;
  }

  /** The way to a step of the past, which goes on from the last piece or begins anew. */
  function noteWay(next: Frame): void {
    const count = next.path.length / 2;
    if (count === 0 || trail.step(0) <= (next.goal ?? next.step)) return;
    visit ??= openTrail();
    const first = next.step - count + 1;
    const last = visit.length > 0 ? visit.step(visit.length - 1) : Number.NaN;
    if (last !== first - 1) visit.clear();
    visit.add(next.path, next.step);
  }

  function noteEigenvalues(step: number, { re, im }: { re: Float64Array; im: Float64Array }): void {
    if (re.length === 0 || !re.every(Number.isFinite)) return;
    let [least, most, turning, pushing] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0];
    for (let i = 0; i < re.length; i++) {
      least = Math.min(least, re[i]);
      most = Math.max(most, re[i]);
      turning = Math.max(turning, Math.abs(im[i]));
      if (re[i] < 0) pushing += 1;
    }
    note(spectra, step, least, most, turning, pushing / re.length);
  }

  function noteFigures({ readings, step }: Frame): void {
    for (const [probe, names] of Object.entries(figures)) {
      const reading = readings[probe as FigureProbe] as Readonly<Record<string, unknown>> | undefined;
      const series = figureSeries.get(probe) as Series;
      const at = typeof reading?.step === 'number' ? reading.step : step;
      if (reading) note(series, at, ...names.map((name) => (reading[name] as number | null) ?? Number.NaN));
    }
  }

  return {
    get frame() {
      return frame;
    },
    spectra,
    figuresOf: (probe) => figureSeries.get(probe) as Series,
    get histograms() {
      return histograms;
    },
    get latest() {
      return latest as Latest;
    },
    losses,
    modes,
    distance,
    averageDistance,
    strategies,
    accuracy,
    get trail() {
      return visit ?? trail;
    },
    get settings() {
      return settings;
    },
    get alone() {
      return frame ? [...before.alone, ...frame.alone] : [];
    },
    get devices() {
      return devices;
    },
    get end() {
      return end;
    },
    get resumedAt() {
      return resumedAt;
    },
    get isInPast() {
      return frame !== undefined && frame.step < frame.furthest;
    },
    clock,
    film,
    ghosts,
    add(next, at, start) {
      if (frame && (isResuming ? next.begin !== resumedAt : next.run !== frame.run)) forget();
      if (frame && isResuming) frame = { ...frame, run: next.run };
      isResuming = false;
      if (!frame && inherited?.step === next.begin) before = inherited;
      if (frame && next.forks !== frame.forks) fork(Math.min(frame.step, next.step));
      if (next.settings) {
        const { after, these } = next.settings;
        settings = [
          ...before.settings,
          ...settings.slice(before.settings.length, before.settings.length + after),
          ...these,
        ];
      }
      if (frame && next.goal !== undefined) {
        noteWay(next);
        frame = { ...frame, forks: next.forks, furthest: next.furthest };
        return;
      }
      const isInPast = next.step < next.furthest;
      if (frame && next.step !== frame.step) goTo(next.step);
      frame = next;
      if (next.outcome.kind !== 'running') end = next.outcome;
      else if (!isInPast) end = undefined;
      if (isInPast) noteWay(next);
      if (!isInPast || trail.length > 0) visit = undefined;
      if (!isInPast && devices.at(-1)?.device !== next.device)
        devices = [...devices, { step: next.step, device: next.device }];
      clock.note(next.step, next.evaluations, next.seconds);
      const { step, generator, discriminator } = next.losses;
      for (let i = 0; i < step.length; i++) losses.add(step[i], generator[i], discriminator[i]);
      const beginsHere = trail.length === 0 && 2 * next.step === next.path.length;
      if (start && beginsHere && !isInPast) trail.add(Float64Array.from(start), 0);
      if (!isInPast) trail.add(next.path, next.step);
      for (const [name, reading] of Object.entries(next.readings)) {
        const own = (reading as { step?: unknown }).step;
        latest[name] = { reading, step: typeof own === 'number' ? own : next.step, at };
      }
      const { samples } = next.readings;
      if (samples?.dimension === 2 && !isInPast) film.note(next.step, samples.generated);
      const { pictures } = next.readings;
      if (pictures && !isInPast) film.note(next.step, pictures.generated);
      const { modes: count, strategies: mixed, domainAccuracy } = next.readings;
      if (count) {
        note(modes, next.step, count.covered, count.total, count.highQuality);
        const { histogram } = count;
        if (histograms?.columns.length !== histogram.length + 1)
          histograms = openSeries(histogram.length + 1, HISTOGRAMS);
        note(histograms, next.step, ...histogram);
      }
      noteFigures(next);
      const { leadingSpectrum, stabilityRegion } = next.readings;
      if (stabilityRegion && stabilityRegion.eigenvalues.re.length > 0) {
        const { rate, eigenvalues, step: at } = stabilityRegion;
        const unscaled = (values: Float64Array) => values.map((value) => value / rate);
        noteEigenvalues(at, { re: unscaled(eigenvalues.re), im: unscaled(eigenvalues.im) });
      } else if (leadingSpectrum?.matrix === 'jacobian')
        noteEigenvalues(leadingSpectrum.step, leadingSpectrum);
      if (mixed) note(strategies, next.step, ...mixed.first, ...mixed.second);
      if (domainAccuracy) {
        const { source, target, domain } = domainAccuracy;
        note(accuracy, next.step, source, target, domain);
      }
      for (const listener of listeners) listener();
    },
    resume(step) {
      if (!frame) return;
      fork(step);
      before = pastOf({ settings, alone: [...before.alone, ...frame.alone] }, step);
      settings = [...before.settings];
      frame = {
        ...frame,
        step,
        begin: step,
        furthest: step,
        forks: 0,
        alone: [],
        outcome: { kind: 'running' },
      };
      resumedAt = step;
      isResuming = true;
      for (const listener of listeners) listener();
    },
    inherit(past) {
      inherited = past.step > 0 ? past : undefined; // at its first step, a run has none
    },
    clear() {
      forget();
      ghosts.clear();
      inherited = undefined;
      isResuming = false;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
