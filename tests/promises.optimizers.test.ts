/**
 * What every part of an optimizer promises, whichever it is and whatever it is put together with: a new entry
 * is held to all of this by being listed.
 */
import { describe, expect, test } from 'vitest';
import { adjustments } from '../src/catalog/adjustments/index.ts';
import { averages } from '../src/catalog/averages/index.ts';
import { clippings } from '../src/catalog/clippings/index.ts';
import { constraints } from '../src/catalog/constraints/index.ts';
import type { Experiment } from '../src/catalog/experiment.ts';
import { foresights } from '../src/catalog/foresights/index.ts';
import { games } from '../src/catalog/games/index.ts';
import type { Rule, Scheme, Sourced } from '../src/catalog/kinds.ts';
import { lookaheads } from '../src/catalog/lookaheads/index.ts';
import { rules } from '../src/catalog/rules/index.ts';
import type { Scene } from '../src/catalog/scene.ts';
import { schedules } from '../src/catalog/schedules/index.ts';
import { schemes } from '../src/catalog/schemes/index.ts';
import { firstState, type State, stepper } from '../src/engine/step.ts';
import { half, players } from '../src/math/field.ts';
import { cloneMemory, type Memory, memoryVectors, packMemory, unpackMemory } from '../src/math/memory.ts';
import { stream } from '../src/math/random.ts';
import { addScaled, isFiniteVector, norm } from '../src/math/vector.ts';
import type { Group } from '../src/settings/index.ts';
import { descent, experimentOf, sceneOf, smallGames, smallGan } from './catalog/given.ts';
import { endsOf, variantsOf, wordsOf } from './catalog/variants.ts';

type Differences = Readonly<Record<string, unknown>>;
const allRules = rules as readonly unknown[] as readonly Rule[];
const allSchemes = schemes as readonly unknown[] as readonly Scheme[];
/** Standard normals of a test's own. */
const normals = (size: number, purpose: string) => stream(1, purpose).normals(new Float64Array(size));

/** Small games of every kind. */
const everyGame = games.map(({ name }): Differences => {
  if (smallGames[name]) return smallGames[name];
  return name === 'stochasticBilinear' ? { kind: name, dimension: 5 } : { kind: name };
});
const rotation = { kind: 'bilinear' };

/** Opened scenes by game and foresight: what differs in the optimizer alone shares its programs. */
const opened = new Map<string, Scene>();
function sceneFor(experiment: Experiment): Scene {
  const name = JSON.stringify([experiment.game, experiment.foresight]);
  const scene = opened.get(name) ?? sceneOf(experiment);
  opened.set(name, scene);
  return scene;
}

const copyOf = (state: State) => cloneMemory(state as unknown as Memory) as unknown as State;

/** The state after `steps` steps, from the start or from a state (which is left alone). */
function run(experiment: Experiment, steps: number, from?: State): State {
  const scene = sceneFor(experiment);
  const state = from ? copyOf(from) : firstState(scene, experiment);
  const { advance } = stepper(scene);
  for (let step = 0; step < steps; step++) advance(state, experiment);
  return state;
}

/** A rule with a rate of 0, which a grafted rule has where its length comes from. */
const still = (name: string) =>
  name === 'graft'
    ? { kind: name, magnitude: { kind: 'adam', learningRate: 0 } }
    : { kind: name, learningRate: 0 };
const both = (rule: Differences) => ({ generator: rule, discriminator: rule });
const mixed = {
  generator: { kind: 'adam', learningRate: 0.01 },
  discriminator: { kind: 'momentum', learningRate: 0.01, momentum: -0.5 },
};

describe('every rule', () => {
  const size = 7;
  const place = { point: normals(size, 'test.place'), layerEnds: [3, size] };
  const gradients = (count: number) =>
    Array.from({ length: count }, (_, i) => normals(size, `test.gradient${i}`));
  /** With a rate of 0, which a grafted rule has where its length comes from. */
  const stillOf = (settings: Record<string, unknown>) =>
    'magnitude' in settings
      ? { ...settings, magnitude: { ...(settings.magnitude as object), learningRate: 0 } }
      : { ...settings, learningRate: 0 };
  const cases = allRules.flatMap((rule) =>
    variantsOf(rule.settings, (setting) => [...wordsOf(setting), ...endsOf(setting)]).map(
      ({ name, settings }) => [`${rule.name} ${name}`, rule, settings] as const,
    ),
  );

  describe.each(cases)('%s', (_, rule, settings) => {
    const used = () => {
      const memory = rule.init(size, settings);
      for (const gradient of gradients(3))
        rule.update(gradient, memory, settings, new Float64Array(size), place);
      return memory;
    };

    test('has a plain memory that survives copying, packing and the wire', () => {
      const memory = used();
      const copy = cloneMemory(memory);
      expect(structuredClone(memory)).toEqual(memory);
      expect(copy).toEqual(memory);
      expect(unpackMemory(copy, packMemory(memory))).toEqual(memory);
      const before = structuredClone(copy);
      rule.update(gradients(1)[0], memory, settings, new Float64Array(size), place);
      expect(copy).toEqual(before);
    });

    test('makes nothing of nothing: no gradient yet, no move', () => {
      const change = new Float64Array(size).fill(3);
      if (settings.weightDecay) return; // decay needs no gradient
      rule.update(new Float64Array(size), rule.init(size, settings), settings, change, place);
      expect(change.every((value) => value === 0)).toBe(true);
    });

    test('depends on gradient, memory and settings only, and leaves the gradient alone', () => {
      const [memory, twin] = [used(), used()];
      const gradient = normals(size, 'test.next');
      const copy = gradient.slice();
      const [change, twinChange] = [new Float64Array(size), new Float64Array(size).fill(9)];
      rule.update(gradient, memory, settings, change, place);
      rule.update(gradient, twin, settings, twinChange, place);
      expect(gradient).toEqual(copy);
      expect(change).toEqual(twinChange);
      expect(memory).toEqual(twin);
      expect(isFiniteVector(change)).toBe(true);
    });

    test('with a rate of 0 moves nothing, but remembers', () => {
      const still = stillOf(settings);
      const [memory, moving] = [used(), used()];
      const change = new Float64Array(size).fill(3);
      rule.update(gradients(1)[0], memory, still, change, place);
      expect(change.every((value) => value === 0)).toBe(true);
      rule.update(gradients(1)[0], moving, settings, new Float64Array(size), place);
      const { length: _, ...rest } = memory; // a grafted rule's working storage
      expect(rest).toEqual(Object.fromEntries(Object.entries(moving).filter(([name]) => name !== 'length')));
    });

    test('moves against a first gradient', () => {
      const gradient = normals(size, 'test.first');
      if (settings.weightDecay) return;
      const change = new Float64Array(size);
      rule.update(gradient, rule.init(size, settings), settings, change, place);
      const rate = rule.rate?.(settings) ?? (settings.learningRate as number);
      for (let i = 0; i < size; i++) expect(change[i] * gradient[i]).toBeLessThanOrEqual(0);
      // A direction without length is none.
      const directed = (settings.direction as { learningRate: number } | undefined)?.learningRate !== 0;
      expect(norm(change) > 0).toBe(rate > 0 && directed);
    });

    test('is linear in gradient and memory if it says so', () => {
      if (!rule.linear) return;
      const a = used();
      const double = unpackMemory(
        cloneMemory(a),
        packMemory(a).map((value) => 2 * value),
      );
      const [once, twice] = [new Float64Array(size), new Float64Array(size)];
      const gradient = normals(size, 'test.next');
      rule.update(gradient, a, settings, once, place);
      rule.update(
        gradient.map((value) => 2 * value),
        double,
        settings,
        twice,
        place,
      );
      expect(twice).toEqual(once.map((value) => 2 * value)); // doubling is exact
      expect(packMemory(double)).toEqual(packMemory(a).map((value) => 2 * value));
    });
  });
});

describe('every scheme', () => {
  const variants = allSchemes.flatMap((scheme) =>
    variantsOf(scheme.settings, (setting) => [
      ...wordsOf(setting),
      ...(setting.type === 'integer' ? [setting.min, 3] : endsOf(setting)),
    ]).map(({ name, settings }) => [name, scheme, { kind: scheme.name, ...settings }] as const),
  );
  /** Every variant on a rotation and a GAN, and the defaults on every game. */
  const cases = variants.flatMap(([name, scheme, settings]) =>
    (name === '' ? everyGame : [rotation, smallGan]).map(
      (game) => [`${scheme.name} ${name} on ${game.kind}`, scheme, settings, game] as const,
    ),
  );

  test.each(cases)('%s goes on from a checkpoint bit for bit', (_, _scheme, scheme, game) => {
    const experiment = experimentOf({ game, scheme, ...mixed });
    const kept = structuredClone(run(experiment, 3));
    const end = run(experiment, 8);
    expect(run(experiment, 5, kept)).toEqual(end);
    const packed = packMemory(end.memory);
    expect(unpackMemory(cloneMemory(end.memory), packed)).toEqual(end.memory);
    expect(isFiniteVector(packed) && isFiniteVector(end.point)).toBe(true);
  });

  test.each(cases)('%s stands still at rates of 0', (_, { usesRules }, scheme, game) => {
    if (usesRules === false) return;
    for (const { name } of rules) {
      const experiment = experimentOf({ game, scheme, ...both(still(name)) });
      expect(run(experiment, 2).point, name).toEqual(sceneFor(experiment).initialPoint(0));
    }
  });

  test.each(cases)('%s leaves alone a player whose rate is 0', (_, { usesRules }, scheme, game) => {
    if (usesRules === false) return;
    for (const player of players) {
      const other = player === 'generator' ? 'discriminator' : 'generator';
      const rates = descent(player === 'generator' ? 0 : 0.1, player === 'generator' ? 0.1 : 0);
      const experiment = experimentOf({ game, scheme, ...rates });
      const { split, initialPoint, field } = sceneFor(experiment);
      const { point } = run(experiment, 2);
      const begin = initialPoint(0);
      expect(half(point, split, player)).toEqual(half(begin, split, player));
      // Some games begin where one player has nothing to gain.
      if (norm(half(field(0, 0, 0).at(begin), split, other)) === 0) continue;
      expect(half(point, split, other)).not.toEqual(half(begin, split, other));
    }
  });

  test.each(everyGame.map((game) => [game.kind, game] as const))(
    'with gradient descent, the first step on %s is minus the rate times the field, where its formula says so',
    (_, game) => {
      const plain = [
        { kind: 'simultaneous' },
        { kind: 'optimistic', first: 'same' },
        { kind: 'optimistic', first: 'same', lag: 'two' },
        { kind: 'pastExtragradient' },
        { kind: 'extragradient', extrapolation: 0, sameBatch: true },
      ];
      for (const scheme of plain) {
        const experiment = experimentOf({ game, scheme, ...descent(0.125) });
        const scene = sceneFor(experiment);
        const begin = scene.initialPoint(0);
        scene.keepStates(scene.initialStates(0));
        const expected = addScaled(begin.slice(), scene.field(0, 0, 0).at(begin), -0.125);
        expect(run(experiment, 1).point).toEqual(expected);
      }
    },
  );

  test.each(everyGame.map((game) => [game.kind, game] as const))(
    'on %s meets the losses where it first reads the field of each player',
    (_, game) => {
      for (const scheme of schemes) {
        const experiment = experimentOf({ game, scheme: { kind: scheme.name }, ...descent(0.1) });
        const scene = sceneFor(experiment);
        const state = firstState(scene, experiment);
        scene.keepStates(scene.initialStates(0));
        const whole = scheme.name === 'svre' ? scene.wholeField?.() : undefined;
        const here = (whole ?? scene.field(0, 0, 0)).losses(state.point);
        const { advance, met } = stepper(scene);
        advance(state, experiment);
        if (scheme.name === 'alternating') {
          expect(met[1]).toBe(here[1]);
          const between = scene.initialPoint(0);
          half(between, scene.split, 'discriminator').set(half(state.point, scene.split, 'discriminator'));
          scene.keepStates(scene.initialStates(0));
          expect(met[0]).toBe(scene.field(0, 0, 1).losses(between)[0]);
        } else if (scheme.name === 'prediction') {
          expect(met[0]).toBe(here[0]);
          const foretold = scene.initialPoint(0);
          for (let i = 0; i < scene.split; i++) foretold[i] = 2 * state.point[i] - foretold[i];
          scene.keepStates(scene.initialStates(0));
          expect(met[1]).toBeCloseTo(scene.field(0, 0, 1).losses(foretold)[1], 12);
        } else expect([...met], scheme.name).toEqual([...here]);
      }
    },
  );
});

describe('the parts of an optimizer', () => {
  const kinds: Readonly<Record<string, readonly { readonly name: string }[]>> = {
    scheme: schemes,
    rule: rules,
    foresight: foresights,
    adjustment: adjustments,
    clipping: clippings,
    schedule: schedules,
    constraint: constraints,
    lookahead: lookaheads,
    averaging: averages,
  };
  const asChoice = (kind: string, name: string): Differences =>
    kind === 'rule' ? both({ kind: name }) : { [kind]: { kind: name } };
  const entries = Object.entries(kinds).flatMap(([kind, list]) =>
    list.filter(({ name }) => name !== 'none').map(({ name }) => [kind, name] as const),
  );
  /** Each entry of a kind with each of the kinds after it. */
  const pairsOf = (kind: string) =>
    entries
      .filter(([own]) => own === kind)
      .flatMap(([, name]) =>
        entries
          .filter(([other]) => Object.keys(kinds).indexOf(other) > Object.keys(kinds).indexOf(kind))
          .map(([other, otherName]) => ({ ...asChoice(kind, name), ...asChoice(other, otherName) })),
      );

  describe.each([
    ['a rotation', rotation],
    ['a GAN', smallGan],
  ])('on %s', (_, game) => {
    test.each(Object.keys(kinds))(
      'every %s plays with every entry of the other kinds, and goes on from a checkpoint bit for bit',
      (kind) => {
        for (const pair of pairsOf(kind)) {
          const experiment = experimentOf({ game, ...descent(0.01), ...pair });
          const end = run(experiment, 5);
          expect(isFiniteVector(end.point), JSON.stringify(pair)).toBe(true);
          expect(run(experiment, 3, run(experiment, 2)), JSON.stringify(pair)).toEqual(end);
        }
      },
    );

    test.each(
      entries
        .filter(([kind]) => kind !== 'constraint')
        .map(([kind, name]) => [`${kind} ${name}`, kind, name] as const),
    )('%s stands still at rates of 0', (_, kind, name) => {
      if (allSchemes.find((scheme) => scheme.name === name)?.usesRules === false) return;
      const choice = kind === 'rule' ? both(still(name)) : { ...descent(0), ...asChoice(kind, name) };
      const experiment = experimentOf({ game, ...choice });
      expect(run(experiment, 5).point).toEqual(sceneFor(experiment).initialPoint(0));
    });

    test.each(entries.map(([kind, name]) => [`${kind} ${name}`, kind, name] as const))(
      '%s moves its memory in place: whoever holds a vector of it holds it for good',
      (_, kind, name) => {
        const experiment = experimentOf({ game, ...descent(0.01), ...asChoice(kind, name) });
        const scene = sceneFor(experiment);
        const state = firstState(scene, experiment);
        const before = memoryVectors(state as unknown as Memory);
        const { advance } = stepper(scene);
        for (let step = 0; step < 7; step++) advance(state, experiment);
        expect(memoryVectors(state as unknown as Memory).every((vector, i) => vector === before[i])).toBe(
          true,
        );
      },
    );
  });
});

describe('what changes nothing changes nothing, bit for bit', () => {
  const huge = { bound: 1e6 };
  const nothings: [string, Differences][] = [
    ['clipping by norm with a huge bound', { clipping: { kind: 'byNorm', ...huge } }],
    [
      'clipping by the joint norm with a huge bound',
      { clipping: { kind: 'byNorm', whose: 'joint', ...huge } },
    ],
    ['clipping by value with a huge bound', { clipping: { kind: 'byValue', ...huge } }],
    ['clipping by the largest entry with a huge bound', { clipping: { kind: 'byLargest', ...huge } }],
    ['consensus of weight 0', { adjustment: { kind: 'consensus', control: { kind: 'fixed', weight: 0 } } }],
    ['a symplectic adjustment of weight 0', { adjustment: { kind: 'sga', weight: 0 } }],
    ['the locally stable regulariser of weight 0', { adjustment: { kind: 'locallyStable', weight: 0 } }],
    ['a Neumann series of one term', { adjustment: { kind: 'newton', family: 'neumann', order: 1 } }],
    ['SmoothOut of amplitude 0', { adjustment: { kind: 'smoothOut', amplitude: 0 } }],
    ['a huge box', { constraint: { kind: 'box', bound: 1e4 } }],
    ['a warm-up of one step', { schedule: { kind: 'warmUp', steps: 1 } }],
    ['an exponential schedule of factor 1', { schedule: { kind: 'exponential', factor: 1 } }],
    ['an inverse power of 0', { schedule: { kind: 'inversePower', beta: 0 } }],
    ['a cosine that ends at 1', { schedule: { kind: 'cosine', last: 1 } }],
    ['lookahead that keeps all of its way', { lookahead: { kind: 'lookahead', fraction: 1, steps: 2 } }],
    [
      'nested lookahead that keeps it',
      { lookahead: { kind: 'nested', fraction: 1, steps: 2, slowSteps: 3 } },
    ],
    ['a moving average', { averaging: { kind: 'ema' } }],
    ['a uniform average', { averaging: { kind: 'uniform' } }],
  ];
  test.each(nothings)('%s', (_, part) => {
    for (const game of [rotation, smallGan]) {
      for (const scheme of ['simultaneous', 'alternating', 'extragradient']) {
        const changed = run(experimentOf({ game, scheme, ...mixed, ...part }), 6);
        const plain = run(experimentOf({ game, scheme, ...mixed }), 6);
        expect(changed.point).toEqual(plain.point);
        expect(changed.memory.generator).toEqual(plain.memory.generator);
      }
    }
  });
});

describe('every schedule', () => {
  test.each(
    (
      schedules as readonly unknown[] as readonly (Sourced & {
        factor?(step: number, settings: object): number;
      })[]
    )
      .filter(({ factor }) => factor)
      .map((schedule) => [schedule.name, schedule] as const),
  )(
    '%s has factors between 0 and 1 that begin at 1 (or rise to it), whatever its settings',
    (name, { settings: group, factor }) => {
      for (const { name: variant, settings } of variantsOf<Group>(group, endsOf)) {
        if (variant === 'factor=2') continue; // rates that grow
        const at = (step: number) => (factor as (step: number, settings: object) => number)(step, settings);
        if (name === 'warmUp') expect(at(1e7)).toBe(1);
        else expect(at(0)).toBe(1);
        for (const step of [0, 1, 10, 999, 10_000, 1e7]) {
          expect(at(step), variant).toBeGreaterThanOrEqual(0);
          expect(at(step), variant).toBeLessThanOrEqual(1);
        }
      }
    },
  );
});
