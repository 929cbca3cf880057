/**
 * The product works: experiments drawn from everything that can be chosen play on both devices of the
 * processor, which agree; they go on from the middle, and again, bit for bit; and nothing throws.
 */
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import './loaded.ts';
import { adjustments } from '../src/catalog/adjustments/index.ts';
import { averages } from '../src/catalog/averages/index.ts';
import { clippings } from '../src/catalog/clippings/index.ts';
import { constraints } from '../src/catalog/constraints/index.ts';
import type { Experiment } from '../src/catalog/experiment.ts';
import { foresights } from '../src/catalog/foresights/index.ts';
import { gan } from '../src/catalog/games/gan.ts';
import { games } from '../src/catalog/games/index.ts';
import { lookaheads } from '../src/catalog/lookaheads/index.ts';
import { rules } from '../src/catalog/rules/index.ts';
import { schedules } from '../src/catalog/schedules/index.ts';
import { schemes } from '../src/catalog/schemes/index.ts';
import { objections } from '../src/catalog/sense.ts';
import { openDevice } from '../src/compute/device.ts';
import type { Device } from '../src/compute/program.ts';
import { reference } from '../src/compute/reference/reference.ts';
import { openSession, type Session } from '../src/engine/session.ts';
import { norm } from '../src/math/vector.ts';
import type { Entry, Fields, Setting } from '../src/settings/index.ts';
import { experimentOf } from './catalog/given.ts';

/** Enough for every entry of every list to come up, with others. */
const EXPERIMENTS = 200;
const STEPS = 20;

/** Settings that would make a case large or slow, and what they are here. */
const small: Readonly<Record<string, readonly unknown[]>> = {
  batchSize: [1, 6, 8],
  channels: [1, 2],
  code: [2, 3],
  halvings: [1, 2],
  latentSize: [1, 2, 3],
  kernels: [0, 0, 2],
  packing: [1, 1, 2],
  dimension: [2, 3],
  learningRate: [0.001, 0.01, 0.03],
  most: [1, 3],
  iterations: [1, 3, 8],
  newtonSteps: [1, 2],
  discriminatorSteps: [1, 2],
  generatorSteps: [1, 2],
  epoch: [1, 3, 100],
  every: [1, 7],
  dimensions: [2, 3],
  epsilon: [1e-3, 1],
};

/** Any of its words, and numbers near their defaults: the ends of ranges are held to the promises. */
function drawn(setting: Setting, name: string): fc.Arbitrary<unknown> {
  if (name === 'hidden') {
    return setting.type === 'integer' ? fc.constantFrom(1, 4) : fc.constantFrom([], [4], [4, 3]);
  }
  // A finite set of points, or shifts to average over.
  if (name === 'count' && setting.type === 'integer') return fc.constantFrom(setting.min, setting.min + 1);
  if (Object.hasOwn(small, name)) return fc.constantFrom(...small[name]);
  switch (setting.type) {
    case 'number':
    case 'integer':
      return fc.constantFrom(1, 1, 0.5, 2).map((factor) => {
        const value = Math.min(setting.max, Math.max(setting.min, factor * setting.default));
        return setting.type === 'integer' ? Math.round(value) : value;
      });
    case 'toggle':
      return fc.boolean();
    case 'pick':
      return fc.constantFrom(...Object.keys(setting.options));
    case 'choice':
      // WGAN's schedule moves a hundred times in each of the first steps.
      return anyOf(setting.entries.filter((entry) => name !== 'pace' || entry.name !== 'wgan'));
    case 'group':
      return fc.record(fieldsOf(setting.fields));
    default:
      return fc.constant(setting.default);
  }
}

const fieldsOf = (fields: Fields) =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, drawn(field, name)]));

const anyOf = (entries: readonly Entry[]): fc.Arbitrary<unknown> =>
  fc.oneof(
    ...entries.map(({ name, settings }) =>
      fc.record({ kind: fc.constant(name), ...fieldsOf(settings.fields) }, { noNullPrototype: true }),
    ),
  );

/** By the part of an experiment that chooses from it. */
const lists: Readonly<Record<string, readonly Entry[]>> = {
  scheme: schemes,
  generator: rules,
  discriminator: rules,
  foresight: foresights,
  adjustment: adjustments,
  clipping: clippings,
  schedule: schedules,
  constraint: constraints,
  lookahead: lookaheads,
  averaging: averages,
  game: games,
};

const anyExperiment = fc
  .record({
    seed: fc.nat(1000),
    ...Object.fromEntries(Object.entries(lists).map(([part, list]) => [part, anyOf(list)])),
    // Most of what there is to draw from is in the GAN.
    game: fc.oneof(anyOf(games), anyOf([gan])),
    // Unrolled steps are the slowest to compile: fewer of them, one step each.
    foresight: fc
      .constantFrom(0, 1, 2, 3, 4)
      .chain((at) =>
        at > 0
          ? fc.constant({ kind: 'none' })
          : (anyOf(foresights) as fc.Arbitrary<{ kind: string }>).map((chosen) =>
              chosen.kind === 'none' ? chosen : { ...chosen, steps: 1 },
            ),
      ),
  })
  .map(experimentOf);

/** The reference, noting the largest number that any of its programs puts out. */
function watched(): { device: Device; largest: () => number } {
  let largest = 0;
  const device: Device = {
    ...reference,
    compile(outputs) {
      const program = reference.compile(outputs);
      return {
        ...program,
        run(given) {
          const results = program.run(given);
          for (const name in results) {
            for (const value of results[name]) {
              if (!(Math.abs(value) <= largest))
                largest = Number.isNaN(value) ? Number.POSITIVE_INFINITY : Math.abs(value);
            }
          }
          return results;
        },
      };
    },
  };
  return { device, largest: () => largest };
}

/** A whole state: point, memories, what the game remembers, what was counted. */
const stateOf = (session: Session) => session.checkpoint().state;
const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/**
 * What comes out of a program lies in this range, or float32 does not hold what goes on inside: an implicit
 * step far out on a steep game, or a zero matrix divided by its spectral norm, with slopes of 1e12.
 */
const FLOAT32_HOLDS = 1e6;
/**
 * In units of 2^-24 of the largest entry of the field (or of 1). Batch norm on a few samples that are nearly
 * alike multiplies rounding by up to 316 for each layer; without it, the distance is some tens of units.
 */
const FIELD_UNITS = 2 ** 12;
/** Of the step's length. Rules divide by what they remember: their ε of 1e-3 or more bounds what that adds. */
const STEP_SHARE = 1e-3;

describe('experiments drawn from everything that can be chosen', () => {
  const experiments = fc.sample(anyExperiment, { seed: 5, numRuns: EXPERIMENTS });
  let wasm: Device;
  beforeAll(async () => {
    wasm = await openDevice('wasm');
  });

  test('name every entry of every list', () => {
    const named = (part: keyof Experiment) =>
      new Set(experiments.map((experiment) => (experiment[part] as { kind: string }).kind));
    for (const [part, list] of Object.entries(lists)) {
      expect([...named(part as keyof Experiment)].sort()).toEqual(list.map(({ name }) => name).sort());
    }
  });

  // In some twenty tests, so that a failure says which few it is among.
  const PORTION = 8;
  const portions = Array.from({ length: EXPERIMENTS / PORTION }, (_, i) => i * PORTION);
  test.each(portions)(
    'from %i on: agree, resume, repeat',
    (from) => {
      for (const experiment of experiments.slice(from, from + PORTION)) {
        const name = JSON.stringify(experiment);
        const { device, largest } = watched();
        const exact = openSession(experiment, device);
        const fast = openSession(experiment, wasm);
        const checkpoints = [exact.checkpoint()];
        const isHeld: boolean[] = [];
        for (let step = 0; step < STEPS; step++) {
          exact.advance(1);
          isHeld.push(largest() <= FLOAT32_HOLDS && exact.outcome.kind === 'running');
          checkpoints.push(exact.checkpoint());
        }

        // Two runs drift apart: games amplify a last digit. So each step is taken from where the reference
        // stands, and half of them must agree closely: a kink or a tie may fall either way at a single point.
        const fieldUnits: number[] = [];
        const stepShares: number[] = [];
        for (let step = 0; step < STEPS; step += 2) {
          if (!isHeld[step]) continue;
          const before = checkpoints[step];
          const { point } = before.state;
          fast.restore(before);
          exact.restore(before);
          const expected = exact.scene.field(experiment.seed, step, 0).at(point);
          const found = fast.scene.field(experiment.seed, step, 0).at(point);
          const scale = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
          fieldUnits.push((norm(expected.map((value, i) => value - found[i])) / scale) * 2 ** 24);
          fast.advance(1);
          const after = checkpoints[step + 1].state.point;
          const length = norm(after.map((value, i) => value - point[i]));
          const distance = norm(after.map((value, i) => value - fast.state.point[i]));
          // A hundred-thousandth of where it stands, beside its length, where it hardly moves.
          stepShares.push(distance / (length + 1e-2 * Math.max(1, norm(point))));
        }
        if (hasMeaning(experiment)) expect(median(fieldUnits), name).toBeLessThan(FIELD_UNITS);
        // What batch norm leaves of a step may be mostly rounding: then only the fields are held to agree.
        if (hasMeaning(experiment) && !normalises(experiment))
          expect(median(stepShares), name).toBeLessThan(STEP_SHARE);

        for (const session of [exact, fast]) {
          session.restart();
          session.advance(STEPS / 2);
          const middle = structuredClone(session.checkpoint());
          session.advance(STEPS / 2);
          const end = stateOf(session);
          const { outcome } = session;
          session.restore(middle);
          session.advance(STEPS / 2);
          expect(stateOf(session), name).toEqual(end);
          session.restart();
          session.advance(STEPS);
          expect(stateOf(session), name).toEqual(end);
          expect(session.outcome).toEqual(outcome);
          session.dispose();
        }
      }
    },
    20_000,
  );

  test.each(['forsaken', 'almostBilinear', 'marketCycle', 'variance'])(
    '%s at a rate of 10 leaves the finite numbers on both, within three steps of each other',
    (game) => {
      // Powers double the number of digits at each step: float32 ends three steps before float64.
      const rule = { kind: 'sgd', learningRate: 10 };
      const ends = [reference, wasm].map((device) => {
        const session = openSession(experimentOf({ game, generator: rule, discriminator: rule }), device);
        session.advance(50);
        session.dispose();
        return session.outcome;
      });
      for (const end of ends) expect(end.kind).toBe('diverged');
      const [exact, fast] = ends.map((end) => (end.kind === 'diverged' ? end.step : 0));
      expect(Math.abs(exact - fast)).toBeLessThanOrEqual(3);
    },
  );
});

/**
 * Whole actions and the simplex have no meaning but in matrix games: the best of a network's weights is a jump
 * near ties without end, and weights that sum to one are mostly zero, where norms and roots have no slope.
 */
const hasMeaning = (experiment: Experiment) =>
  !objections(experiment).some(
    ({ path }) => path === 'constraint' || (path === 'scheme' && experiment.scheme.kind !== 'svre'),
  );
const normalises = ({ game }: Experiment) =>
  game.kind === 'gan' &&
  [game.generatorNetwork, game.discriminatorNetwork].some(({ normalisation }) => normalisation === 'batch');
