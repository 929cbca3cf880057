/** Time on the page: what is remembered of a run that goes back, what its marks say, and when it stops. */
import { describe, expect, test } from 'vitest';
import type { Notice } from '../../src/analysis/watchers/watcher.ts';
import type { Lane } from '../../src/app/lane.ts';
import { marksOf } from '../../src/app/marks.ts';
import { loadNamed } from '../../src/app/named.ts';
import { openRecord, openSeries, openTrail, type RunRecord } from '../../src/app/record.ts';
import { openStopWatch, type StopName, type Stops, stepsLeft, stopsAhead } from '../../src/app/stops.ts';
import { changeLane, openStore } from '../../src/app/store.ts';
import { openTime } from '../../src/app/time.ts';
import type { Experiment } from '../../src/catalog/experiment.ts';
import type { Frame } from '../../src/worker/protocol.ts';
import { descent, experimentOf } from '../catalog/given.ts';
import { frameAt as frame } from './frames.ts';

await loadNamed();

const rowsOf = ({ columns, length }: { columns: readonly Float64Array[]; length: number }) => [
  ...columns[0].subarray(0, length),
];

describe('a series', () => {
  const filled = (limit = 64) => {
    const series = openSeries(2, limit);
    for (let step = 0; step < 40; step += 4) series.add(step, -step);
    return series;
  };

  test('shows the rows up to the step where the run stands, and still has the others', () => {
    const series = filled();
    series.goTo(17);
    expect(rowsOf(series)).toEqual([0, 4, 8, 12, 16]);
    expect(series.whole).toBe(10);
    series.goTo(100);
    expect(series.length).toBe(10);
  });

  test('takes up what is measured in the past between what it knows', () => {
    const series = filled();
    series.goTo(17);
    series.add(17, -17);
    expect(rowsOf(series)).toEqual([0, 4, 8, 12, 16, 17]);
    series.goTo(100);
    expect(rowsOf(series)).toEqual([0, 4, 8, 12, 16, 17, 20, 24, 28, 32, 36]);
    expect([...series.columns[1].subarray(0, 11)].map((value) => -value)).toEqual(rowsOf(series));
  });

  test('forgets the future when the run goes on from its past, and is filled again as it was', () => {
    for (const limit of [64, 8]) {
      const [series, straight] = [filled(limit), filled(limit)];
      series.goTo(16);
      series.cut();
      for (let step = (series.columns[0][series.length - 1] ?? -4) + 4; step < 40; step += 4)
        series.add(step, -step);
      expect(rowsOf(series)).toEqual(rowsOf(straight));
    }
  });

  test('has room for what is measured in the past when it is full', () => {
    const series = filled(10);
    series.goTo(17);
    series.add(17, -17);
    const steps = rowsOf(series);
    expect(steps.at(-1)).toBe(17);
    expect(series.whole).toBeLessThanOrEqual(10);
    series.goTo(100);
    expect(rowsOf(series)).toEqual([...rowsOf(series)].sort((a, b) => a - b));
  });
});

test('a trail shows the points up to where the run stands, and forgets the others when it goes on from there', () => {
  const trail = openTrail(5);
  for (let step = 0; step < 9; step++) trail.add(Float64Array.of(step, -step), step);
  const shown = () => Array.from({ length: trail.length }, (_, i) => [trail.step(i), trail.theta(i)]);
  trail.goTo(6);
  expect(shown()).toEqual([4, 5, 6].map((step) => [step, step]));
  trail.goTo(8);
  expect(trail.length).toBe(5);
  trail.goTo(5);
  trail.cut();
  trail.add(Float64Array.of(50, 0, 60, 0, 70, 0), 7); // 5 is known already
  expect(shown()).toEqual([
    [4, 4],
    [5, 5],
    [6, 60],
    [7, 70],
  ]);
  trail.goTo(2);
  expect(trail.length).toBe(0);
});

const plain = experimentOf({ game: 'bilinear', ...descent(0.1) });
const none = new Float64Array(0);
const visit = (step: number, furthest: number, more: Partial<Frame> = {}) =>
  frame(step, {
    furthest,
    losses: { step: none, generator: none, discriminator: none },
    path: none,
    ...more,
  });

describe('the record of a run', () => {
  const recorded = (steps: number) => {
    const record = openRecord();
    record.add(frame(1, { settings: { after: 0, these: [{ step: 0, experiment: plain }] } }), 0);
    for (let step = 2; step <= steps; step++) record.add(frame(step), 0);
    return record;
  };

  test('keeps the future while the run stands in its past', () => {
    const record = recorded(30);
    record.add(visit(12, 30), 0);
    expect(record.isInPast).toBe(true);
    expect([record.losses.length, record.losses.whole]).toEqual([12, 30]); // steps 0 to 11 led here
    expect(record.trail.step(record.trail.length - 1)).toBe(12);
    record.add(visit(30, 30), 0);
    expect(record.isInPast).toBe(false);
    expect(record.losses.length).toBe(30);
    expect(record.trail.step(record.trail.length - 1)).toBe(30);
  });

  test('forgets it when the run goes on from there, however far', () => {
    for (const next of [13, 30, 50]) {
      const record = recorded(30);
      record.add(visit(12, 30), 0);
      record.add(frame(next, { forks: 1, settings: { after: 1, these: [] } }), 0);
      expect(rowsOf(record.losses)).toEqual([...Array(12).keys(), next - 1]);
      expect(record.settings).toHaveLength(1);
    }
  });

  test('shows nothing of the way there but the path, where the trail does not reach back', () => {
    const record = recorded(30);
    record.add(visit(5, 30, { goal: 12 }), 0);
    expect(record.frame?.step).toBe(30);
    const long = openRecord();
    for (let step = 1; step <= 20_100; step++) long.add(frame(step), 0);
    long.add(visit(6, 20_100, { goal: 8, path: Float64Array.of(4, 4, 5, 5, 6, 6) }), 0);
    long.add(visit(8, 20_100, { path: Float64Array.of(7, 7, 8, 8) }), 0);
    expect([long.trail.length, long.trail.step(0), long.trail.step(4)]).toEqual([5, 4, 8]);
    long.add(visit(20_100, 20_100), 0);
    expect(long.trail.length).toBe(20_000);
    long.add(visit(8, 20_100, { path: Float64Array.of(7, 7, 8, 8) }), 0);
    long.add(frame(9, { forks: 1 }), 0);
    expect([long.trail.length, long.trail.step(0), long.trail.step(2)]).toEqual([3, 7, 9]);
  });

  test('remembers how it ended, until it goes on another way', () => {
    const record = recorded(30);
    record.add(visit(30, 30, { outcome: { kind: 'diverged', step: 31, player: 'generator' } }), 0);
    record.add(visit(12, 30), 0);
    expect(record.end).toMatchObject({ step: 31 });
    record.add(visit(12, 12, { forks: 1 }), 0);
    expect(record.end).toBeUndefined();
  });
});

describe('going to a step', () => {
  const other = experimentOf({ game: 'bilinear', ...descent(0.2) });
  const third = experimentOf({ game: 'bilinear', ...descent(0.3) });

  /** Lanes with the settings `other`, begun with others, that stand where these records do. */
  function standing(...records: RunRecord[]) {
    const experiments = records.map(() => other) as [Experiment, ...Experiment[]];
    const store = openStore({ experiments, device: 'auto', problems: [], theme: 'auto' });
    const went: (readonly [id: number, step: number])[] = [];
    const lanes = new Map(
      store.getState().lanes.map(({ id }, i) => {
        const playback = { goTo: (step: number) => void went.push([id, step]) };
        return [id, { record: records[i], playback } as unknown as Lane];
      }),
    );
    const rate = (i: number) =>
      (store.getState().lanes[i].experiment.generator as { learningRate: number }).learningRate;
    return { store, lanes, went, rate, time: openTime({ store, lanes }) };
  }

  /** A run of so many steps that began with `plain`, and has gone on with `other` since a step of it. */
  function changedAt(step: number, steps: number, more: Partial<Frame> = {}): RunRecord {
    const record = openRecord();
    const these = [
      { step: 0, experiment: plain },
      { step, experiment: other },
    ] as const;
    record.add(frame(1, { settings: { after: 0, these: [these[0]] } }), 0);
    record.add(frame(steps, { settings: { after: 1, these: [these[1]] }, ...more }), 0);
    return record;
  }

  test('leads to a whole step between the first and the furthest of any lane, at once as far as the page shows', () => {
    const { store, time, went } = standing(changedAt(5, 12), changedAt(5, 30));
    expect([time.furthest, time.present]).toEqual([30, 12]);
    for (const [step, to] of [
      [99, 30],
      [7.6, 8],
      [-5, 0],
    ]) {
      went.length = 0;
      time.goTo(step);
      expect(went).toEqual(store.getState().lanes.map(({ id }) => [id, to]));
      expect([store.getState().seeking, time.present]).toEqual([to, to]);
    }
  });

  test('shows the settings of there on arrival, but for a lane that was given others on the way', () => {
    const records = [changedAt(20, 30), changedAt(20, 30)];
    const { store, time, rate } = standing(...records);
    const [first, second] = store.getState().lanes.map(({ id }) => id);
    time.goTo(8);
    changeLane(store, second, { experiment: third });
    for (const record of records) record.add(visit(8, 30), 0);
    time.arrive(first);
    expect(store.getState().seeking).toBe(8); // the other is still on its way
    time.arrive(second);
    expect(store.getState().seeking).toBeUndefined();
    expect([rate(0), rate(1)]).toEqual([0.1, 0.3]);
  });

  test('is over when the last lane on its way is gone', () => {
    const { store, lanes, time } = standing(changedAt(20, 30), changedAt(20, 30));
    const [first, second] = store.getState().lanes.map(({ id }) => id);
    time.goTo(8);
    time.arrive(first);
    time.note();
    expect(store.getState().seeking).toBe(8);
    lanes.delete(second);
    time.note();
    expect(store.getState().seeking).toBeUndefined();
  });

  test('is helped by the marks of all lanes, in the order of their steps: changes, and where a run ended', () => {
    const end = { outcome: { kind: 'diverged', step: 13, player: 'generator' } } as const;
    const { time } = standing(changedAt(20, 30), changedAt(5, 12, end));
    expect(time.marks().map(({ step, kind }) => [step, kind])).toEqual([
      [5, 'change'],
      [12, 'divergence'],
      [20, 'change'],
    ]);
  });
});

describe('a mark', () => {
  const words = (...later: readonly (readonly [number, Readonly<Record<string, unknown>>])[]) =>
    marksOf([
      { step: 0, experiment: plain },
      ...later.map(([step, given]) => ({
        step,
        experiment: experimentOf({ game: 'bilinear', ...descent(0.1), ...given }),
      })),
    ]).map((mark) => mark.words);

  test('says what was changed, from what, to what', () => {
    expect(words([1200, { generator: { kind: 'sgd', learningRate: 0.2 } }])).toEqual([
      'Step 1,200: generator rule, learning rate 0.1 → 0.2',
    ]);
    expect(words([7, { scheme: 'extragradient' }])[0]).toMatch(
      /^Step 7: scheme Simultaneous → Extragradient/,
    );
  });

  test('is one for all that was changed at a step, and none where it was changed back', () => {
    const other = { generator: { kind: 'adam' } };
    expect(words([5, { scheme: 'extragradient' }], [5, { ...other, scheme: 'extragradient' }])).toHaveLength(
      1,
    );
    expect(words([5, other], [5, {}])).toHaveLength(0);
  });
});

describe('a stop', () => {
  const warning: Notice = {
    watcher: 'collapse',
    since: 1,
    figures: {},
    sentence: '2 of 8 modes for 400 steps.',
    advice: '',
  };
  const distance = (value: number) => {
    const record = openRecord();
    record.distance.add(3, value);
    return record;
  };

  test('comes when a condition comes about, not while one lasts', () => {
    const watch = openStopWatch();
    const on = { distance: 0.5 };
    watch.begin(distance(0.4), plain, on);
    expect(watch.look(distance(0.3), plain, on)).toBeUndefined();
    expect(watch.look(distance(0.6), plain, on)).toBeUndefined();
    expect(watch.look(distance(0.3), plain, on)).toEqual({
      name: 'distance',
      words: '0.3 from the equilibrium at step 3.',
    });
    expect(watch.look(distance(0.3), plain, {})).toBeUndefined();
  });

  test('when all is found comes with as many classes of pictures as real ones show', () => {
    const on = { allModes: 0 };
    const words = (game: object, covered: number, classes: number, real: number) => {
      const record = openRecord();
      const floor = { covered: { mean: real, low: real, high: real } };
      const reading = { step: 40, covered, classes, floor } as unknown as Frame['readings']['pictureClasses'];
      record.add({ ...frame(50), readings: { pictureClasses: reading } }, 0);
      return openStopWatch().look(record, experimentOf({ game }), on)?.words;
    };
    const digits = { kind: 'images', dataset: 'digits8' };
    expect(words(digits, 9, 10, 10)).toBeUndefined();
    expect(words(digits, 10, 10, 10)).toBe('all 10 classes found at step 40.');
    const stacked = { kind: 'images', dataset: 'stacked' };
    expect(words(stacked, 631, 1000, 632)).toBeUndefined();
    expect(words(stacked, 640, 1000, 632)).toMatch(/^640 of 1,000 classes found at step 40, no fewer than/);
    // What nobody tells apart is never all found.
    expect(words({ kind: 'images', dataset: 'own' }, 1, 1, 1)).toBeUndefined();
  });

  test.each<[StopName, number, (record: RunRecord, isNow: boolean) => void, RegExp]>([
    [
      'allModes',
      0,
      ({ modes }, isNow) => modes.add(isNow ? 8 : 4, isNow ? 8 : 7, 8, 0.9),
      /^all 8 modes found at step 8/,
    ],
    [
      'generatorLoss',
      3,
      ({ losses }, isNow) => losses.add(isNow ? 8 : 4, isNow ? 3.5 : 2, 1),
      /^the generator’s loss was 3.5 at/,
    ],
    [
      'discriminatorLoss',
      0.1,
      ({ losses }, isNow) => losses.add(isNow ? 8 : 4, 1, isNow ? 0.05 : 1),
      /’s loss was 0.05 at step 8/,
    ],
    [
      'diverged',
      0,
      (record, isNow) =>
        record.add(frame(8, isNow ? { outcome: { kind: 'diverged', step: 9, player: 'generator' } } : {}), 0),
      /^diverged at step 9\.$/,
    ],
    [
      'notice',
      0,
      (record, isNow) => record.add(frame(8, { readings: { notices: isNow ? [warning] : [] } }), 0),
      /^2 of 8 modes/,
    ],
  ])('by %s comes when it comes about, and only where that is asked for', (name, limit, note, words) => {
    const gan = experimentOf({ game: 'gan' });
    const [watch, record] = [openStopWatch(), openRecord()];
    const on = { [name]: limit };
    note(record, false);
    watch.begin(record, gan, on);
    expect(watch.look(record, gan, on)).toBeUndefined();
    note(record, true);
    expect(watch.look(record, gan, {})).toBeUndefined();
    expect(watch.look(record, gan, on)).toMatchObject({ name, words: expect.stringMatching(words) });
  });

  test('at a step leaves so many steps until then, and as many as one likes after it', () => {
    const record = openRecord();
    record.add(frame(30), 0);
    expect(stepsLeft(record, { step: 50 })).toBe(20);
    expect(stepsLeft(record, { step: 30 })).toBe(Number.MAX_SAFE_INTEGER);
    expect(stepsLeft(record, {})).toBe(Number.MAX_SAFE_INTEGER);
  });

  test('is looked for where only a frame can tell of it, or a step is still to come', () => {
    const record = openRecord();
    record.add(frame(30), 0);
    const isAhead = (on: Stops) => stopsAhead(record, on);
    expect([{ distance: 1 }, { notice: 0 }, { step: 50 }, { step: 30, allModes: 0 }].map(isAhead)).toEqual(
      Array(4).fill(true),
    );
    expect([{}, { diverged: 0 }, { step: 30 }].map(isAhead)).toEqual(Array(3).fill(false));
  });

  test('comes with a step that is reached, and beyond a limit, not at it', () => {
    const gan = experimentOf({ game: 'gan' });
    const look = (record: RunRecord, on: Stops, experiment = gan) =>
      openStopWatch().look(record, experiment, on)?.name;
    const record = openRecord();
    record.add(frame(30), 0);
    expect([look(record, { step: 30 }), look(record, { step: 31 })]).toEqual(['step', undefined]);
    expect([0.5, 0.501].map((limit) => look(distance(0.5), { distance: limit }, plain))).toEqual([
      undefined,
      'distance',
    ]);
    const met = (generator: number, discriminator: number) => {
      const record = openRecord();
      record.losses.add(4, generator, discriminator);
      return look(record, { generatorLoss: 3, discriminatorLoss: 0.25 });
    };
    expect([met(3, 0.25), met(3.01, 0.25), met(3, 0.24)]).toEqual([
      undefined,
      'generatorLoss',
      'discriminatorLoss',
    ]);
  });
});
