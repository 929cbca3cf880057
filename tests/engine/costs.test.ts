/** A run counts what it reads: held against the programs that were run, and against looking ahead by hand. */
import { describe, expect, test } from 'vitest';
import { adjustments } from '../../src/catalog/adjustments/index.ts';
import type { Experiment } from '../../src/catalog/experiment.ts';
import type { Sourced } from '../../src/catalog/kinds.ts';
import { openScene } from '../../src/catalog/scene.ts';
import { schemes } from '../../src/catalog/schemes/index.ts';
import type { Device } from '../../src/compute/program.ts';
import { reference } from '../../src/compute/reference/reference.ts';
import { type Cost, costsOf } from '../../src/engine/costs.ts';
import { firstState, stepper } from '../../src/engine/step.ts';
import { type Expr, grad } from '../../src/expr/index.ts';
import type { Field } from '../../src/math/field.ts';
import type { Group } from '../../src/settings/index.ts';
import { descent, experimentOf, play, sceneOf, smallGan } from '../catalog/given.ts';
import { endsOf, variantsOf, wordsOf } from '../catalog/variants.ts';

type Differences = Readonly<Record<string, unknown>>;
const counts = ({ evaluations, products }: Cost) => [evaluations, products];

/** A finite sum of five terms, of which a batch has two. */
const TERMS = 5;
const BATCH = 2;
const games: readonly (Differences & { kind: string })[] = [
  { kind: 'bilinear' },
  smallGan,
  { kind: 'stochasticBilinear', dimension: TERMS, batchSize: BATCH },
];

/** What a run says that it read, and what its programs made, each as [evaluations of F, products with J]. */
function counted(experiment: Experiment, steps: number) {
  const made = { evaluations: 0, products: 0 };
  const device: Device = {
    ...reference,
    compile(outputs) {
      const program = reference.compile(outputs);
      const names = Object.keys(outputs);
      // Each half of the field comes with that player's loss, a product alone or beside both halves.
      const halves = ['generator', 'discriminator'].filter((name) => names.includes(name)).length;
      const evaluations = names.includes('field') ? halves / 2 : 0;
      const products = names.includes('product') ? 1 : 0;
      return {
        ...program,
        run(given) {
          const terms =
            given.terms instanceof Float64Array ? given.terms.filter((weight) => weight !== 0) : [];
          const batches = terms.length > BATCH ? TERMS / BATCH : 1;
          made.evaluations += batches * evaluations;
          made.products += batches * products;
          return program.run(given);
        },
      };
    },
  };
  const scene = openScene(experiment, device);
  const state = firstState(scene, experiment);
  const { advance } = stepper(scene);
  for (let step = 0; step < steps; step++) advance(state, experiment);
  return { said: counts(state), made: counts(made) };
}

describe.each(games.map((game) => [game.kind, game] as const))('on %s, as its programs do', (_, game) => {
  const cases = Object.entries({ scheme: schemes, adjustment: adjustments }).flatMap(([kind, list]) =>
    (list as readonly unknown[] as readonly Sourced<string, Group>[]).flatMap((entry) =>
      variantsOf(entry.settings, (setting) => [
        ...wordsOf(setting),
        // Thousands of steps in one are as good as a few.
        ...(setting.type === 'integer' ? [setting.min, 3] : endsOf(setting)),
      ]).map(({ name, settings }) => [
        `${kind} ${entry.name} ${name}`,
        { [kind]: { kind: entry.name, ...settings } } as Differences,
      ]),
    ),
  ) as [string, Differences][];

  test.each(cases)('a run with %s counts', (_, choice) => {
    const { said, made } = counted(experimentOf({ game, ...descent(0.01), ...choice }), 3);
    expect(said).toEqual(made);
    expect(made[0]).toBeGreaterThan(0);
  });
});

test('a snapshot of a finite sum counts as many readings as its data are batches', () => {
  const scheme = { kind: 'svre', epoch: 100_000 };
  const game = { kind: 'stochasticBilinear', dimension: TERMS, batchSize: BATCH };
  const { evaluations } = play({ game, scheme, ...descent(0.01) }, 3);
  // Four a step, for two estimators at two points each, and all of the data before the first.
  expect(evaluations).toBe(3 * 4 + TERMS / BATCH);
});

describe('looking ahead', () => {
  const RATE = 0.05;
  const foresight = (steps: number, more: Differences = {}) => ({
    foresight: { kind: 'unrolled', steps, rate: RATE, ...more },
  });

  /** The generator's gradient of a zero-sum game by hand, with the readings that takes; one player's half is a half. */
  function foreseen(field: Field, start: Float64Array, steps: number, through: boolean) {
    const { size, split } = field;
    const taken = { evaluations: 0, products: 0 };
    const places = [start];
    for (let k = 0; k < steps; k++) {
      const gradient = field.at(places[k], new Float64Array(size), 'discriminator');
      taken.evaluations += 0.5;
      places.push(places[k].map((value, i) => (i < split ? value : value - RATE * gradient[i])));
    }
    const end = field.at(places[steps], new Float64Array(size), through ? undefined : 'generator');
    taken.evaluations += through ? 1 : 0.5;
    const gradient = end.slice(0, split);
    if (through) {
      // The generator's loss by the discriminator's parameters, carried back through each step's half of J'.
      const back = end.map((value, i) => (i < split ? 0 : -value));
      for (let k = steps - 1; k >= 0; k--) {
        const product = field.vjp(places[k], back);
        taken.products += 0.5;
        for (let i = 0; i < size; i++) {
          if (i < split) gradient[i] -= RATE * product[i];
          else back[i] -= RATE * product[i];
        }
      }
    }
    return { gradient, taken };
  }

  const cases = ['forsaken', 'almostBilinear'].flatMap((kind) =>
    [1, 2, 5].flatMap((steps) => [true, false].map((through) => ({ kind, steps, through }))),
  );
  test.each(cases)('$steps steps on $kind, through them: $through, counts each reading', (given) => {
    const { kind, steps, through } = given;
    const game = { kind };
    const plain = sceneOf(experimentOf({ game }));
    const ahead = sceneOf(experimentOf({ game, ...foresight(steps, { through }) }));
    const start = plain.initialPoint(0);
    const { gradient, taken } = foreseen(plain.field(0, 0, 0), start, steps, through);
    const read = ahead.field(0, 0, 0).at(start, new Float64Array(plain.size), 'generator');
    // Both are a few dozen operations on numbers of order one.
    expect(read[0]).toBeCloseTo(gradient[0], 13);
    for (const rule of ['sgd', 'adam']) {
      const costOf = (scheme: string) =>
        counts(play({ game, scheme, ...foresight(steps, { through, rule }), ...descent(0.01) }, 1));
      // Together, the discriminator follows the gradient that its first foreseen step follows.
      expect(costOf('simultaneous')).toEqual(counts(taken));
      // In turns, it reads one of its own where it was.
      expect(costOf('alternating')).toEqual([taken.evaluations + 0.5, taken.products]);
    }
  });

  test('shares the discriminator’s own gradient with its first foreseen step', () => {
    const { script } = sceneOf(experimentOf({ game: smallGan, ...foresight(2) }));
    const { losses } = script.model;
    const own = script.parts.filter((_, i) => script.parameters[i].player === 'discriminator');
    const met = new Set<Expr>();
    const meet = (node: Expr): void => {
      if (met.has(node)) return;
      met.add(node);
      node.inputs.forEach(meet);
    };
    meet(losses[0]);
    for (const gradient of grad(losses[1], own)) expect(met.has(gradient)).toBe(true);
  });

  test('is counted in its losses, in products, and not where the discriminator reads alone', () => {
    const cost = (choice: Differences) =>
      counts(play({ game: smallGan, ...foresight(4), ...descent(0.01), ...choice }, 1));
    // Of one reading: half for each of the first player's ends, and four foreseen gradients of which one is shared.
    const both = 0.5 + 0.5 + 0.5 + 3 * 0.5;
    expect(cost({})).toEqual([both, 2]);
    // J'F: what was evaluated is differentiated, and the products once more.
    expect(cost({ adjustment: 'consensus' })).toEqual([both, 2 + both + 2]);
    const fixed = { kind: 'alternating', discriminatorSteps: 3 };
    expect(cost({ scheme: fixed })).toEqual([3 * 0.5 + 0.5 + 0.5 + 4 * 0.5, 2]);
    // Each player moves once, and is asked whether its loss is low enough.
    const pace = { kind: 'byLosses', discriminatorLoss: 100, generatorLoss: 100 };
    expect(cost({ scheme: { kind: 'alternating', pace } })).toEqual([
      0.5 + 0.5 + 0.5 + 4 * 0.5 + 2 * 4 * 0.5,
      2,
    ]);
  });

  test('without it, costs are those of the field alone', () => {
    const { field, half, losses, product } = costsOf(experimentOf({ game: smallGan }));
    expect([field, half.generator, half.discriminator, losses, product].map(counts)).toEqual([
      [1, 0],
      [0.5, 0],
      [0.5, 0],
      [0, 0],
      [0, 1],
    ]);
  });
});
