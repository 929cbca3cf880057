/** All that was kept of a run over its steps: as one wide table, a row for each lane and step, and as JSON. */
import { experiment as schema } from '../../catalog/experiment.ts';
import { toQuery } from '../../settings/index.ts';
import { factsOf } from '../facts.ts';
import type { Page } from '../page.ts';
import { figures, type RunRecord, type Series } from '../record.ts';
import type { LaneState } from '../store.ts';
import type { Table, Value } from './csv.ts';
import { heardOf } from './name.ts';
import { takeStrings } from './strings.ts';

/** A series with the names of its columns after the first one, which is the step. */
export interface NamedSeries {
  readonly name: string;
  readonly columns: readonly string[];
  readonly series: Pick<Series, 'whole' | 'columns'>;
}

/** What is known of one lane. */
export interface LaneRun {
  readonly lane: LaneState;
  /** What it is called. */
  readonly name: string;
  readonly record: RunRecord;
}

const say = takeStrings.csvHead;

export const runsOf = (page: Page): LaneRun[] =>
  heardOf(page).map(({ lane, name }) => ({ lane, name, record: page.recordOf(lane) }));

/** Every series of a record that has a row, by the names of the probes that read it. */
function seriesOf({ lane, record }: LaneRun): NamedSeries[] {
  const { picture, names } = factsOf(lane.experiment.game);
  const actions = picture.kind === 'simplex' ? picture.actions : ['1', '2', '3'];
  const { histograms } = record;
  const all: NamedSeries[] = [
    { name: 'losses', columns: ['generator', 'discriminator'], series: record.losses },
    { name: 'distance', columns: ['now'], series: record.distance },
    { name: 'averageDistance', columns: ['now'], series: record.averageDistance },
    { name: 'modes', columns: ['covered', 'total', 'highQuality'], series: record.modes },
    {
      name: 'strategies',
      columns: ['first', 'second'].flatMap((player) => actions.map((action) => `${player}.${action}`)),
      series: record.strategies,
    },
    { name: 'domainAccuracy', columns: ['source', 'target', 'domain'], series: record.accuracy },
    {
      name: 'eigenvalues',
      columns: ['leastReal', 'mostReal', 'mostImaginary', 'sharePushing'],
      series: record.spectra,
    },
    ...Object.entries(figures).map(([probe, columns]) => ({
      name: probe,
      columns,
      series: record.figuresOf(probe as keyof typeof figures),
    })),
    ...(histograms
      ? [
          {
            name: 'modeHistogram',
            columns: Array.from({ length: histograms.columns.length - 1 }, (_, i) => String(i + 1)),
            series: histograms,
          },
        ]
      : []),
    ...(picture.kind === 'plane' ? [{ name: 'point', columns: names, series: trailAsSeries(record) }] : []),
  ];
  return all.filter(({ series }) => series.whole > 0);
}

/** The path of a game of two parameters. */
function trailAsSeries({ trail }: RunRecord): NamedSeries['series'] {
  const column = (value: (i: number) => number) =>
    Float64Array.from({ length: trail.length }, (_, i) => value(i));
  return { whole: trail.length, columns: [column(trail.step), column(trail.theta), column(trail.phi)] };
}

/** `losses.generator`; a series of one column is called as its probe. */
const columnsOf = ({ name, columns }: NamedSeries) =>
  columns.map((column) => (columns.length === 1 && column === 'now' ? name : `${name}.${column}`));

/** Of these lanes, the series of these names, or all; wide: a column for each. */
export function wideTable(runs: readonly LaneRun[], wanted?: readonly string[]): Table {
  const perLane = runs.map((run) => ({
    run,
    found: seriesOf(run).filter(({ name }) => wanted?.includes(name) ?? true),
  }));
  const measured = [...new Set(perLane.flatMap(({ found }) => found.flatMap(columnsOf)))];
  const at = new Map(measured.map((name, i) => [name, i]));
  return {
    columns: ['lane', 'method', 'step', 'evaluations', 'seconds', ...measured],
    rows: (function* () {
      for (const [i, { run, found }] of perLane.entries()) {
        const places = found.map((named) => columnsOf(named).map((name) => at.get(name) as number));
        yield* rowsOf(run, i + 1, found, places, measured.length);
      }
    })(),
  };
}

/** The rows of one lane: those of its series that have the same step are one. */
function* rowsOf(
  { name: method, record }: LaneRun,
  number: number,
  found: readonly NamedSeries[],
  places: readonly (readonly number[])[],
  width: number,
): Generator<readonly Value[]> {
  const evaluations = record.clock.along('evaluations');
  const seconds = record.clock.along('seconds');
  const next = found.map(() => 0);
  for (;;) {
    let step = Number.POSITIVE_INFINITY;
    for (const [i, { series }] of found.entries())
      if (next[i] < series.whole) step = Math.min(step, series.columns[0][next[i]]);
    if (step === Number.POSITIVE_INFINITY) return;
    const values: Value[] = new Array(width).fill(undefined);
    for (const [i, { series }] of found.entries()) {
      if (next[i] >= series.whole || series.columns[0][next[i]] !== step) continue;
      for (const [column, place] of places[i].entries()) values[place] = series.columns[column + 1][next[i]];
      next[i] += 1;
    }
    yield [number, method, step, evaluations(step), seconds(step), ...values];
  }
}

/** What stands above every table: what it is of, and how to read it. */
export function headOf(page: Page, runs: readonly LaneRun[], isOverTime = true): string[] {
  const lines = [say.made(page.link()), say.read];
  for (const [i, { lane, name, record }] of runs.entries()) {
    const query = (experiment: LaneState['experiment']) => toQuery(schema, experiment);
    lines.push(say.lane(i + 1, name, query(lane.experiment)));
    const [begin, ...changed] = record.settings;
    if (changed.length > 0)
      for (const { step, experiment } of [begin, ...changed])
        lines.push(say.from(i + 1, step, query(experiment)));
  }
  return isOverTime ? [...lines, say.losses, say.blanks, say.thinned] : lines;
}

/** The same by columns, with the settings in full and the newest reading of every probe that was watched. */
export function runAsJson(page: Page): string {
  const runs = runsOf(page);
  const content = {
    made: say.made(page.link()),
    link: page.link(),
    notes: [say.losses, say.thinned],
    lanes: runs.map((run) => {
      const { lane, name, record } = run;
      return {
        method: name,
        step: record.frame?.step ?? 0,
        device: record.frame?.device,
        outcome: record.end ?? record.frame?.outcome,
        experiment: lane.experiment,
        settings: record.settings,
        series: Object.fromEntries(
          seriesOf(run).map(({ name, columns, series }) => {
            const kept = (column: number) => Array.from(series.columns[column].subarray(0, series.whole));
            const steps = kept(0);
            return [
              name,
              {
                step: steps,
                evaluations: steps.map(record.clock.along('evaluations')),
                seconds: steps.map(record.clock.along('seconds')),
                ...Object.fromEntries(columns.map((column, i) => [column, kept(i + 1)])),
              },
            ];
          }),
        ),
        latest: Object.fromEntries(
          Object.entries(record.latest).map(([probe, taken]) => [
            probe,
            { step: taken.step, reading: taken.reading },
          ]),
        ),
      };
    }),
  };
  // JSON has no word for what is not finite: it becomes null.
  return `${JSON.stringify(content, (_, value) => (ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value))}\n`;
}
