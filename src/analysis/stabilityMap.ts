/** Where a method is stable on the current game: over its learning rate, and one more of its numbers. */
import { type Experiment, experiment as schema } from '../catalog/experiment.ts';
import { openScene, type Scene } from '../catalog/scene.ts';
import type { Player } from '../math/field.ts';
import { get, group, integer, type NumberSetting, numbers, type Row, set, walk } from '../settings/index.ts';
import { otherNumberSetting } from './choices.ts';
import { nearestEquilibrium } from './equilibrium.ts';
import { defineLongProbe, pacer } from './probe.ts';
import { periodOf } from './stability.ts';
import { whereSetting } from './stabilityRegion.ts';
import { readUpdateAt, spectrumOf } from './updateMap.ts';

/** Parameters of a game whose step is read off in well under a millisecond. */
const MOST_PARAMETERS = 16;
/** Steps in all that one map may take. */
const MOST_STEPS = 20_000_000;
/** Steps for one cell, about, in units of the game's size: its memories are some times as many numbers. */
const STEPS_EACH = 8;
/** How far the rates reach to either side of the current one. */
const REACH = 32;
/** How far another number on a log scale reaches to either side. */
const OTHER_REACH = 10;
/** A linear range up to this wide is shown whole. */
const NARROW = 20;
const RATE = /^(generator|discriminator)\.(magnitude\.)?learningRate$/;

const range = (label: string, summary: string) =>
  numbers({
    label,
    summary: `${summary}; twice the same for a range about the current value.`,
    default: [0, 0],
    min: -1e12,
    max: 1e12,
  });
const side = (label: string, summary: string) => integer({ label, summary, default: 16, min: 2, max: 32 });

export const stabilityMap = defineLongProbe({
  name: 'stabilityMap',
  label: 'stability map',
  summary:
    'The radius of the method’s step on this game over the common learning rate and one more number, or over both players’ rates: stable below 1.',
  cost: 'long',
  settings: group({
    ...otherNumberSetting,
    rates: side('rates', 'Columns.'),
    values: side('values', 'Rows, at most: whole numbers are not repeated.'),
    rateRange: range('range of rates', 'The first and the last column'),
    valueRange: range('range of values', 'The first and the last row'),
    where: whereSetting,
  }),
  fits: (scene) => scene.size <= MOST_PARAMETERS,
  *work({ scene, point, experiment, step, run }, settings) {
    const choices = mapPaths(experiment, scene);
    const path = settings.path || (choices[0] ?? '');
    const common = { step, path, paths: choices };
    const without = (note: string) => ({
      ...common,
      at: 'nowhere',
      rates: new Float64Array(0),
      values: new Float64Array(0),
      radius: new Float64Array(0),
      note,
    });
    if (!run) return without('No run leads through this point, so there are no steps to read.');
    const row = choices.includes(path) && numbersOf(experiment).find((each) => each.path === path);
    if (!row) return without(`${path} is no number that may change here; choose ${choices.join(', ')}.`);

    const rates = Float64Array.from(ratesOf(experiment, settings));
    const rows = valuesOf(row, settings).map((value) => set(schema, experiment, path, value));
    const values = Float64Array.from(rows, (each) => get(each, path) as number);
    const radius = new Float64Array(rows.length * rates.length).fill(Number.NaN);
    const periods = rows.map(periodOf).reduce((total, period) => total + period, 0);
    if (periods * rates.length * STEPS_EACH * scene.size > MOST_STEPS)
      return without('It does alike again only after very many steps, which is too long to look through.');
    // Not every value of the game has its equilibria at the same place.
    const places = rows.map((each) => {
      const game = path.startsWith('game.') ? openScene(each, scene.device) : scene;
      return settings.where === 'equilibrium' ? nearestEquilibrium(game, point)?.point : undefined;
    });
    // Differences of short numbers tell little.
    const steps = scene.device.precision === 'float32' ? run.elsewhere(experiment) : run;
    const isDue = pacer();
    for (const [i, each] of rows.entries()) {
      const period = periodOf(each);
      for (const [j, rate] of rates.entries()) {
        const map = yield* readUpdateAt(
          steps,
          withRate(each, rate, playersOf(path)),
          places[i] ?? point,
          period,
          'quick',
        );
        radius[i * rates.length + j] = spectrumOf(map).radius ** (1 / period);
        if (isDue()) yield (i * rates.length + j) / radius.length;
      }
    }
    // radius: per step, [row of the value, column of the rate]; NaN where steps lead to no finite numbers.
    const at = places.every((place) => place) ? 'equilibrium' : 'point';
    return { ...common, at, rates, values, radius, note: '' };
  },
});

/**
 * The paths of all numbers that a map can be drawn over: the optimizer's own first, at last the discriminator's rate
 * beside the generator's, which every method has.
 */
export function mapPaths(experiment: Experiment, scene: Pick<Scene, 'dials'>): string[] {
  const paths = numbersOf(experiment).map(({ path }) => path);
  const ofGame = (path: string) => path.startsWith('game.') || path.startsWith('foresight.');
  const own = paths.filter((path) => !RATE.test(path));
  return [
    ...own.filter((path) => !ofGame(path)),
    ...own.filter((path) => scene.dials.includes(path)),
    ...paths.filter((path) => RATE.test(path) && path.startsWith('discriminator.')),
  ];
}

/** The numbers of an experiment that may change while it runs. */
const numbersOf = (experiment: Experiment): Row[] =>
  walk(schema, experiment).filter(
    ({ setting }) => (setting.type === 'number' || setting.type === 'integer') && setting.live,
  );

/** Whose rate the columns are: the generator's alone where the rows are the discriminator's. */
const playersOf = (path: string): readonly Player[] =>
  RATE.test(path) ? ['generator'] : ['generator', 'discriminator'];

/** The paths of both learning rates: that of a grafted rule is where its length comes from. */
const ratePaths = (experiment: Experiment): string[] =>
  walk(schema, experiment).flatMap(({ path }) => (RATE.test(path) ? [path] : []));

function withRate(experiment: Experiment, rate: number, players: readonly Player[]): Experiment {
  const changed = { ...experiment } as unknown as Record<string, Record<string, unknown>>;
  for (const player of players) {
    const rule = changed[player];
    changed[player] =
      'learningRate' in rule
        ? { ...rule, learningRate: rate }
        : { ...rule, magnitude: { ...(rule.magnitude as object), learningRate: rate } };
  }
  return changed as unknown as Experiment;
}

const spread = (count: number, from: number, to: number, isLog: boolean): number[] =>
  Array.from({ length: count }, (_, i) => {
    const share = i / (count - 1);
    return isLog ? from * (to / from) ** share : from + (to - from) * share;
  });

function ratesOf(
  experiment: Experiment,
  { rates, rateRange: [slowest, fastest] }: { rates: number; rateRange: readonly number[] },
): number[] {
  if (slowest > 0 && fastest > slowest) return spread(rates, slowest, fastest, true);
  const now = (get(experiment, ratePaths(experiment)[0]) as number) || 0.1;
  return spread(rates, now / REACH, now * REACH, true);
}

function valuesOf(
  { setting, value }: Row,
  { values, valueRange: [least, most] }: { values: number; valueRange: readonly number[] },
): number[] {
  const { min, max, scale, type } = setting as NumberSetting;
  const now = value as number;
  const given = most > least;
  let [from, to] = [least, most];
  let isLog = scale === 'log' && (!given || least > 0);
  if (!given && isLog) {
    const middle = now > 0 ? now : Math.min(1, max);
    [from, to] = [Math.max(min, middle / OTHER_REACH), Math.min(max, middle * OTHER_REACH)];
    if (!(to > from)) isLog = false;
  } else if (!given) {
    const reach = Math.max(1, Math.abs(now));
    [from, to] = max - min <= NARROW ? [min, max] : [Math.max(min, now - reach), Math.min(max, now + reach)];
  }
  const all = spread(values, from, to, isLog);
  return type === 'integer' ? [...new Set(all.map(Math.round))] : all;
}
