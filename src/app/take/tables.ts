/** The numbers behind each panel, as a table: over the run where it is a chart, else as they are drawn now. */
import { factsOf } from '../facts.ts';
import { linesOf } from '../inside.ts';
import type { Page } from '../page.ts';
import { latestFigures } from '../panels/latest.ts';
import { type Panel, panels } from '../panels.ts';
import { laneOf } from '../store.ts';
import type { Table, Value } from './csv.ts';
import { type LaneRun, runsOf, wideTable } from './series.ts';

export interface PanelTable {
  readonly table: Table;
  /** Of which lanes. */
  readonly runs: readonly LaneRun[];
  /** Whether its rows are steps of the run. */
  readonly isOverTime: boolean;
}

/** The series of the panels that are charts. */
const charts: Partial<Record<Panel['name'], readonly string[]>> = {
  losses: ['losses'],
  modes: ['modes'],
  accuracy: ['domainAccuracy'],
  distance: ['distance', 'averageDistance'],
  spectra: ['eigenvalues'],
  classScores: ['pictureClasses'],
  norms: ['gradientNorms', 'steps', 'rotation'],
  gap: ['dualityGap'],
  modeHistory: ['modeHistogram'],
  distances: ['distances', 'divergence'],
  fidelity: ['fidelity'],
};

type Rows = Iterable<readonly Value[]>;
type Latest = LaneRun['record']['latest'];
interface Shown {
  readonly columns: readonly string[] | ((page: Page) => readonly string[]);
  rows(page: Page, latest: Latest): Rows;
}

/** Points [count, 2] with words in front. */
function* points(positions: ArrayLike<number>, ...words: readonly Value[]): Rows {
  for (let i = 0; i < positions.length; i += 2) yield [...words, positions[i], positions[i + 1]];
}

/** The places of a square grid, rows upwards, with what was found at each. */
function* grid(
  resolution: number,
  extent: number,
  at: (cell: number) => readonly Value[],
  centre: ArrayLike<number> = [0, 0],
): Rows {
  const place = (index: number) => extent * ((2 * index) / (resolution - 1) - 1);
  for (let cell = 0; cell < resolution * resolution; cell++) {
    const row = Math.floor(cell / resolution);
    yield [centre[0] + place(cell % resolution), centre[1] + place(row), ...at(cell)];
  }
}

function* eigenvalues(of: string, { re, im }: { re: ArrayLike<number>; im: ArrayLike<number> }): Rows {
  for (let i = 0; i < re.length; i++) yield [of, re[i], im[i]];
}

const pixels = (size: number) => Array.from({ length: size }, (_, i) => `pixel.${i}`);
/** How many numbers a small picture has, where that is what the game makes. */
function sizeOfPictures(page: Page): number | undefined {
  const { picture } = factsOfPage(page);
  return picture.kind === 'images' ? picture.side ** 2 * picture.channels : undefined;
}

/** Panels of the selected lane at its newest reading. */
const shown: Partial<Record<Panel['name'], Shown>> = {
  classes: {
    columns: ['class', 'generated', 'real'],
    *rows(page, { pictureClasses }) {
      if (!pictureClasses) return;
      const { picture } = factsOfPage(page);
      const names = picture.kind === 'images' ? picture.classes : [];
      const { histogram, realHistogram } = pictureClasses.reading;
      for (const [k, found] of histogram.entries()) yield [names[k] ?? k, found, realHistogram[k]];
    },
  },
  equilibria: {
    columns: ['what', 'x', 'y', 'kind', 'nash', 'minimax', 'radius', 'attracts'],
    *rows(_, { equilibria }) {
      if (!equilibria) return;
      const told = (value: unknown) => (value === null ? undefined : String(value));
      for (const { at, kind, nash, minimax, radius, attracts } of equilibria.reading.points)
        yield ['point', at[0], at[1], kind, nash, told(minimax), radius ?? undefined, told(attracts)];
      for (const [i, curve] of equilibria.reading.curves.entries()) yield* points(curve, `curve ${i + 1}`);
    },
  },
  eigenvalues: {
    columns: ['of', 're', 'im'],
    *rows(_, { stabilityRegion, leadingSpectrum, spectrum }) {
      if (stabilityRegion) yield* eigenvalues('rate times J', stabilityRegion.reading.eigenvalues);
      if (leadingSpectrum)
        yield* eigenvalues(`leading, ${leadingSpectrum.reading.matrix}`, leadingSpectrum.reading);
      const all = spectrum?.reading;
      if (all && 're' in all && all.re) yield* eigenvalues('all', all);
    },
  },
  update: {
    columns: ['of', 're', 'im'],
    *rows(_, { updateSpectrum }) {
      if (updateSpectrum) yield* eigenvalues('step', updateSpectrum.reading);
    },
  },
  stabilityMap: {
    columns: ['rate', 'setting', 'value', 'radius'],
    *rows(_, { stabilityMap }) {
      if (!stabilityMap) return;
      const { rates, values, radius, path } = stabilityMap.reading;
      for (const [row, value] of values.entries())
        for (const [column, rate] of rates.entries())
          yield [rate, path, value, radius[row * rates.length + column]];
    },
  },
  pathAngle: {
    columns: ['along', 'cosine', 'norm'],
    *rows(_, { pathAngle }) {
      if (!pathAngle) return;
      const { alphas, angle, norms } = pathAngle.reading;
      for (const [i, along] of alphas.entries()) yield [along, angle[i], norms[i]];
    },
  },
  inside: {
    columns: ['event', 'what', 'formula'],
    *rows({ store }, { anatomy }) {
      const { experiment } = store.getState();
      const lines = anatomy ? linesOf(anatomy.reading, experiment) : [];
      for (const [i, { title, formula }] of lines.entries()) yield [i + 1, title, formula];
    },
  },
  slice: {
    columns: ['what', 'x', 'y', 'motion.x', 'motion.y'],
    *rows(_, { slice, gradientFlow }) {
      if (!slice) return;
      const { resolution, extent, centre, values, trail, here } = slice.reading;
      const motion = (cell: number) => [values[2 * cell], values[2 * cell + 1]];
      for (const row of grid(resolution, extent, motion, centre)) yield ['field', ...row];
      yield* points(trail.positions, 'passed');
      yield* points(here, 'here');
      if (!gradientFlow) return;
      yield* points(gradientFlow.reading.flow.positions, 'flow');
      yield* points(gradientFlow.reading.run.positions, 'steps');
    },
  },
  optimal: {
    columns: ['x', 'y', 'logit'],
    *rows(_, { optimalDiscriminator }) {
      if (!optimalDiscriminator) return;
      const { resolution, extent, logits } = optimalDiscriminator.reading;
      yield* grid(resolution, extent, (cell) => [logits[cell]]);
    },
  },
  latest: {
    columns: (page) => ['lane', 'method', ...latestFigures(page.store.getState()).map(({ label }) => label)],
    *rows(page) {
      const figures = latestFigures(page.store.getState());
      for (const [i, { name, record }] of runsOf(page).entries())
        yield [i + 1, name, ...figures.map(({ of }) => of(record))];
    },
  },
  film: {
    columns(page) {
      const size = sizeOfPictures(page);
      return size ? ['lane', 'step', 'picture', ...pixels(size)] : ['lane', 'step', 'x', 'y'];
    },
    *rows(page) {
      const size = sizeOfPictures(page);
      for (const [i, { record }] of runsOf(page).entries())
        for (const { step, positions } of record.film.stills) {
          if (!size) yield* points(positions, i + 1, step);
          else
            for (let at = 0; at < positions.length; at += size)
              yield [i + 1, step, at / size + 1, ...positions.subarray(at, at + size)];
        }
    },
  },
};

/** The table of a panel; of one without a table of its own, what its probes have read. */
export function panelTable(page: Page, name: Panel['name']): PanelTable {
  const series = charts[name];
  const all = runsOf(page);
  if (series) return { table: wideTable(all, series), runs: all, isOverTime: true };
  const state = page.store.getState();
  const lane = laneOf(state, state.selected);
  const own = { lane, name: page.nameOf(lane), record: page.recordOf(lane) };
  const { latest } = own.record;
  const known = shown[name];
  if (known) {
    const { rows } = known;
    const columns = typeof known.columns === 'function' ? known.columns(page) : known.columns;
    const runs = columns.includes('lane') ? all : [own];
    return { table: { columns, rows: rows(page, latest) }, runs, isOverTime: false };
  }
  const panel = panels.find((each) => each.name === name);
  const probes = panel?.watches(state, factsOfPage(page)).map(({ watch }) => watch.probe) ?? [];
  const table = { columns: ['what', 'at', 'value'], rows: readings(latest, probes) };
  return { table, runs: [own], isOverTime: false };
}

/** Every number of some readings, by the way that leads to it. */
function* readings(latest: Latest, probes: readonly string[]): Rows {
  for (const [probe, taken] of Object.entries(latest))
    if (probes.includes(probe)) yield* numbersIn(taken.reading, probe);
}
function* numbersIn(value: unknown, path: string): Rows {
  if (typeof value === 'number' || typeof value === 'string') yield [path, undefined, value];
  else if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    for (const [i, each] of (value as ArrayLike<unknown> & Iterable<unknown>[]).entries()) {
      if (typeof each === 'number') yield [path, i, each];
      else yield* numbersIn(each, `${path}.${i}`);
    }
  } else if (typeof value === 'object' && value !== null)
    for (const [name, part] of Object.entries(value)) yield* numbersIn(part, `${path}.${name}`);
}

const factsOfPage = ({ store }: Page) => factsOf(store.getState().experiment.game);

/** What the picture shows, of every lane. */
export function pictureTable(page: Page): PanelTable {
  const runs = runsOf(page);
  const { picture, names } = factsOfPage(page);
  const ofLanes = (rows: (run: LaneRun, lane: number) => Rows): Rows =>
    (function* () {
      for (const [i, run] of runs.entries()) yield* rows(run, i + 1);
    })();
  switch (picture.kind) {
    case 'plane':
      return { table: wideTable(runs, ['point']), runs, isOverTime: true };
    case 'simplex':
      return { table: wideTable(runs, ['strategies']), runs, isOverTime: true };
    case 'samples': {
      const isPlane = picture.dimension === 2;
      return {
        isOverTime: false,
        runs,
        table: {
          columns: isPlane ? ['lane', 'what', 'x', 'y'] : ['lane', 'what', 'x'],
          rows: ofLanes(function* ({ record }, lane) {
            const reading = record.latest.samples?.reading;
            for (const what of ['real', 'generated'] as const) {
              const positions = reading?.[what] ?? new Float64Array(0);
              if (isPlane) yield* points(positions, lane, what);
              else for (const x of positions) yield [lane, what, x];
            }
          }),
        },
      };
    }
    case 'images': {
      const size = picture.side ** 2 * picture.channels;
      return {
        isOverTime: false,
        runs,
        table: {
          columns: ['lane', 'what', 'score', ...pixels(size)],
          rows: ofLanes(function* ({ record }, lane) {
            const reading = record.latest.pictures?.reading;
            if (!reading) return;
            const { generated, scores, real, realScores } = reading;
            for (const [what, all, logits] of [
              ['real', real, realScores],
              ['generated', generated, scores],
            ] as const) {
              for (const [i, logit] of logits.entries())
                yield [lane, what, logit, ...all.subarray(i * size, (i + 1) * size)];
            }
          }),
        },
      };
    }
    case 'domains':
      return {
        isOverTime: false,
        runs,
        table: {
          columns: ['what', 'label', 'x', 'y'],
          rows: (function* () {
            for (const what of ['source', 'target'] as const) {
              const { positions, labels } = picture[what];
              for (const [i, label] of labels.entries())
                yield [what, label, positions[2 * i], positions[2 * i + 1]];
            }
          })(),
        },
      };
    case 'parameters':
      return {
        isOverTime: false,
        runs,
        table: {
          columns: ['lane', 'parameter', 'value'],
          rows: ofLanes(function* ({ record }, lane) {
            const values = record.latest.point?.reading ?? new Float64Array(0);
            for (const [i, value] of values.entries()) yield [lane, names[i], value];
          }),
        },
      };
  }
}
