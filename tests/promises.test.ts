/** What every entry of a kind promises, whichever it is: a new one is held to all of this by being listed. */
import { describe, expect, test } from 'vitest';
import { probes } from '../src/analysis/index.ts';
import type { Probe, Reading } from '../src/analysis/probe.ts';
import { datasets } from '../src/catalog/datasets/index.ts';
import { experiment as schema } from '../src/catalog/experiment.ts';
import { games } from '../src/catalog/games/index.ts';
import { initialisers } from '../src/catalog/initialisers/index.ts';
import type { Dataset, Game, Initialiser, Loss, Rule, Sourced, Streams } from '../src/catalog/kinds.ts';
import { losses } from '../src/catalog/losses/index.ts';
import { networks } from '../src/catalog/networks/index.ts';
import { presets } from '../src/catalog/presets/index.ts';
import { rules } from '../src/catalog/rules/index.ts';
import type { Scene } from '../src/catalog/scene.ts';
import { schemes } from '../src/catalog/schemes/index.ts';
import { reference } from '../src/compute/reference/reference.ts';
import { takeFrame } from '../src/engine/frame.ts';
import { openSession } from '../src/engine/session.ts';
import { firstState, stepper } from '../src/engine/step.ts';
import { build, grad } from '../src/expr/index.ts';
import { half, players } from '../src/math/field.ts';
import { cloneMemory, packMemory, unpackMemory } from '../src/math/memory.ts';
import { stream } from '../src/math/random.ts';
import { addScaled, dot, isFiniteVector, norm } from '../src/math/vector.ts';
import { defaults, type Group, parse, type Setting } from '../src/settings/index.ts';
import { descent, experimentOf, sceneOf, smallGan } from './catalog/given.ts';
import { endsOf, variantsOf, wordsOf } from './catalog/variants.ts';

const sourced: Readonly<Record<string, readonly Sourced[]>> = {
  games: games as readonly unknown[] as readonly Sourced[],
  datasets: datasets as readonly unknown[] as readonly Sourced[],
  losses: losses as readonly unknown[] as readonly Sourced[],
  networks: networks as readonly unknown[] as readonly Sourced[],
  initialisers: initialisers as readonly unknown[] as readonly Sourced[],
  rules: rules as readonly unknown[] as readonly Sourced[],
  schemes: schemes as readonly unknown[] as readonly Sourced[],
};
const allRules = rules as readonly unknown[] as readonly Rule[];
const allProbes = probes as readonly unknown[] as readonly Probe[];

/** Standard normals of a test's own. */
const normals = (size: number, purpose: string) => stream(1, purpose).normals(new Float64Array(size));
const streamsOf =
  (step: number, draw = 0): Streams =>
  (purpose) =>
    stream(5, purpose, step, draw);

/** Small games of every kind; those of the second list are smooth. */
const everyGame = games.map(({ name }) => (name === 'gan' ? smallGan : { kind: name }));
const smoothGames: [string, Record<string, unknown>][] = [
  ...everyGame.map((game): [string, Record<string, unknown>] => [game.kind, game]),
  ...losses.flatMap(({ name }): [string, Record<string, unknown>][] => [
    [`gan, loss ${name}`, { ...smallGan, loss: { kind: name } }],
    [`dirac, loss ${name}`, { kind: 'dirac', loss: { kind: name } }],
  ]),
  ...['softplus', 'sigmoid', 'elu'].map((activation): [string, Record<string, unknown>] => [
    `gan, ${activation}`,
    {
      ...smallGan,
      generatorNetwork: { hidden: [4, 3], activation },
      discriminatorNetwork: { hidden: [4, 3], activation },
    },
  ]),
  ['gan without hidden layers', { ...smallGan, generatorNetwork: { hidden: [] } }],
];

describe('every entry', () => {
  const lists = { ...sourced, presets, probes };

  test.each(Object.entries(lists))(
    'of the %s has a plain name of its own, a label and a summary',
    (_, list) => {
      const names = list.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
      for (const { name, label, summary } of list) {
        expect(name).toMatch(/^[a-z][a-zA-Z0-9]*$/);
        expect(label.trim(), name).not.toBe('');
        expect(summary, name).toMatch(/^\p{Lu}.*[.?]$/u);
      }
    },
  );

  test.each(Object.entries({ ...sourced, presets }))('of the %s names its source', (_, list) => {
    for (const { name, source } of list) expect(source.length, name).toBeGreaterThan(8);
  });

  test('with a formula writes it', () => {
    for (const { name, formula } of [...games, ...losses, ...rules, ...schemes]) {
      expect(formula.length, name).toBeGreaterThan(3);
    }
  });

  test('says what each of its settings means, and each word that can be picked', () => {
    const seen = new Set<Setting>();
    function check(setting: Setting, path: string): void {
      if (seen.has(setting)) return;
      seen.add(setting);
      if (setting.type === 'group') {
        for (const [name, field] of Object.entries(setting.fields)) check(field, `${path}.${name}`);
        return;
      }
      expect(setting.label.trim(), path).not.toBe('');
      expect(setting.summary, path).toMatch(/^\p{L}.*\.$/u);
      if (setting.type === 'pick') {
        for (const [word, summary] of Object.entries<string>(setting.options)) {
          expect(summary.trim(), `${path}=${word}`).not.toBe('');
        }
      }
      if (setting.type === 'choice') {
        for (const entry of setting.entries) check(entry.settings, `${path}=${entry.name}`);
      }
    }
    check(schema, '');
    for (const { name, settings } of allProbes) check(settings, name);
  });
});

describe('every preset', () => {
  test.each(presets.map((preset) => [preset.name, preset] as const))('%s is right and opens', (_, preset) => {
    const { values, problems } = parse(schema, preset.experiment);
    expect(problems).toEqual([]);
    const scene = sceneOf(values);
    for (const seed of [0, 1, 2]) {
      const point = scene.initialPoint(seed);
      const field = scene.field(seed, 0, 0);
      expect(isFiniteVector(point)).toBe(true);
      expect(isFiniteVector(field.at(point))).toBe(true);
      expect(field.losses(point).every(Number.isFinite)).toBe(true);
    }
  });
});

describe('every game', () => {
  describe.each(smoothGames)('%s', (_, game) => {
    const scene = sceneOf(experimentOf({ game }));
    const { size, split } = scene;
    const field = scene.field(0, 3, 0);
    // Away from where it begins: biases begin at zero, and some fields are special there.
    const point = addScaled(scene.initialPoint(0), normals(size, 'test.point'), 0.5);
    const direction = normals(size, 'test.direction');
    const h = 1e-5;
    const moved = (along: Float64Array, by: number) => addScaled(point.slice(), along, by);

    test('has as its field the gradient of each owner’s loss', () => {
      const measured = new Float64Array(size);
      for (let i = 0; i < size; i++) {
        const unit = new Float64Array(size);
        unit[i] = 1;
        const owner = i < split ? 0 : 1;
        measured[i] = (field.losses(moved(unit, h))[owner] - field.losses(moved(unit, -h))[owner]) / (2 * h);
      }
      // Central differences: h^2 times third derivatives, and rounding / h.
      expect(norm(addScaled(measured, field.at(point), -1))).toBeLessThan(1e-8 * (1 + norm(field.at(point))));
    });

    test('has as J d the change of its field along d', () => {
      const product = field.jvp(point, direction);
      const measured = field.at(moved(direction, h));
      addScaled(measured, field.at(moved(direction, -h)), -1);
      for (let i = 0; i < size; i++) measured[i] /= 2 * h;
      expect(norm(addScaled(measured, product, -1))).toBeLessThan(1e-7 * (1 + norm(product)));
    });

    test('has J d and J’ u that are adjoint: <u, J d> = <J’ u, d>', () => {
      const other = normals(size, 'test.other');
      const forward = dot(other, field.jvp(point, direction));
      const backward = dot(field.vjp(point, other), direction);
      expect(Math.abs(forward - backward)).toBeLessThan(1e-12 * norm(other) * norm(direction));
    });

    test('names its parameters apart and lays them out without gaps', () => {
      let offset = 0;
      const names = new Set<string>();
      for (const { player, name, shape, offset: at } of scene.parameters) {
        expect(at).toBe(offset);
        expect(player === 'generator').toBe(at < split);
        offset += shape.reduce((product, extent) => product * extent, 1);
        names.add(`${player}.${name}`);
      }
      expect(offset).toBe(size);
      expect(names.size).toBe(scene.parameters.length);
    });
  });

  test('has a field of zero and the stated losses at its known equilibria', () => {
    let known = 0;
    for (const [name, game] of smoothGames) {
      const scene = sceneOf(experimentOf({ game }));
      for (const equilibrium of scene.model.equilibria) {
        known += 1;
        const point = Float64Array.from(equilibrium.point);
        const field = scene.field(0, 0, 0);
        expect(norm(field.at(point)), name).toBe(0);
        expect(
          field.losses(point).map((loss) => loss + 0),
          name,
        ).toEqual(scene.model.lossesAtEquilibrium);
      }
    }
    expect(known).toBeGreaterThanOrEqual(3);
  });

  test.each(everyGame.map((game) => [game.kind, game] as const))(
    '%s begins at a point that depends on the seed and the parameter’s name only',
    (_, game) => {
      const scene = sceneOf(experimentOf({ game }));
      expect(scene.initialPoint(3)).toEqual(sceneOf(experimentOf({ game })).initialPoint(3));
      for (const { player, name, shape, offset, initial } of scene.parameters) {
        const size = shape.reduce((product, extent) => product * extent, 1);
        const alone = new Float64Array(size);
        initial(stream(3, `init.${player}.${name}`), shape, alone);
        expect(scene.initialPoint(3).subarray(offset, offset + size)).toEqual(alone);
      }
    },
  );

  test('opens with every word of its settings, and no live setting changes its parameters', () => {
    for (const { name, settings: group } of games as readonly unknown[] as readonly Game[]) {
      const parametersOf = (settings: Record<string, unknown>) =>
        sceneOf(experimentOf({ game: { kind: name, ...settings } })).parameters.map(
          ({ player, name, shape, offset }) => ({ player, name, shape, offset }),
        );
      const usual = parametersOf({});
      for (const { name: variant, live, settings } of variantsOf(group, wordsOf)) {
        const scene = sceneOf(experimentOf({ game: { kind: name, ...settings } }));
        expect(isFiniteVector(scene.field(0, 0, 0).at(scene.initialPoint(0))), variant).toBe(true);
        if (live) expect(parametersOf(settings), variant).toEqual(usual);
      }
      for (const { name: variant, path, settings } of variantsOf(group, endsOf)) {
        // Of numbers, those that are live: the size of a batch, say. Its largest is slow, not different.
        if (!variant || variant.endsWith('=4096')) continue;
        const live = experimentOf({ game: { kind: name, ...settings } });
        const isDial = sceneOf(live).script.dials.includes(path);
        const liveSettings = variantsOf(group, endsOf).find((each) => each.path === path)?.live;
        if (!isDial && liveSettings) expect(parametersOf(settings), variant).toEqual(usual);
      }
    }
  });
});

describe('every loss', () => {
  const real = build.input('real', [4]);
  const fake = build.input('fake', [4]);
  const given = { real: Float64Array.of(0.3, -1, 2, 0.1), fake: Float64Array.of(-0.7, 0.2, 1.5, -2) };

  test.each((losses as readonly Loss[]).map((loss) => [loss.name, loss] as const))(
    '%s says truly whether it is zero-sum, and its values at equilibrium',
    (_, loss) => {
      const [generator, discriminator] = loss.write({ real, fake }, defaults(loss.settings));
      const outputs = {
        generator,
        discriminator,
        byFake: grad(build.add(generator, discriminator), [fake])[0],
        generatorByReal: grad(generator, [real])[0],
      };
      const program = reference.compile(outputs);
      const sum = norm(program.run(given).byFake);
      if (loss.zeroSum) expect(sum).toBeLessThan(1e-15);
      else expect(sum).toBeGreaterThan(1e-3);
      expect(norm(program.run(given).generatorByReal)).toBe(0);
      const chance = program.run({ real: new Float64Array(4), fake: new Float64Array(4) });
      expect(chance.generator[0]).toBeCloseTo(loss.atEquilibrium[0], 14);
      expect(chance.discriminator[0]).toBeCloseTo(loss.atEquilibrium[1], 14);
    },
  );
});

describe('every dataset', () => {
  describe.each(
    (datasets as readonly unknown[] as readonly Dataset[]).map((set) => [set.name, set] as const),
  )('%s', (_, dataset) => {
    const sample = (settings: Record<string, unknown>, count: number, step = 0) => {
      const out = new Float64Array(2 * count);
      dataset.fill(streamsOf(step), count, settings, out);
      return out;
    };
    const usual = defaults(dataset.settings);

    test('gives the same samples for the same streams, and others for others', () => {
      expect(sample(usual, 100)).toEqual(sample(usual, 100));
      expect(sample(usual, 100, 1)).not.toEqual(sample(usual, 100));
    });

    test('gives numbers that float32 holds', () => {
      const samples = sample(usual, 1000);
      expect(samples).toEqual(Float64Array.from(Float32Array.from(samples)));
    });

    test('lies within its extent, at every end of its settings', () => {
      for (const { name, settings } of variantsOf(dataset.settings, (each) => [
        ...endsOf(each),
        ...wordsOf(each),
      ])) {
        const extent = dataset.extent(settings);
        let farthest = 0;
        for (const value of sample(settings, 4000)) farthest = Math.max(farthest, Math.abs(value));
        expect(farthest, name).toBeLessThan(extent);
        expect(farthest, name).toBeGreaterThan(extent / 5); // and it is not lost in the plane
      }
    });

    test('has its modes where it says, with the spread and the share that it says', () => {
      for (const { name, settings } of variantsOf(dataset.settings, wordsOf)) {
        const modes = dataset.modes?.(settings);
        if (!modes) continue;
        const { centres, spread } = modes;
        const total = centres.length / 2;
        const count = 20_000;
        const samples = sample(settings, count);
        const hits = new Float64Array(total);
        const sums = new Float64Array(2 * total);
        let squares = 0;
        for (let i = 0; i < count; i++) {
          const from = (k: number) =>
            Math.hypot(samples[2 * i] - centres[2 * k], samples[2 * i + 1] - centres[2 * k + 1]);
          let nearest = 0;
          for (let k = 1; k < total; k++) if (from(k) < from(nearest)) nearest = k;
          hits[nearest] += 1;
          sums[2 * nearest] += samples[2 * i] - centres[2 * nearest];
          sums[2 * nearest + 1] += samples[2 * i + 1] - centres[2 * nearest + 1];
          squares += from(nearest) ** 2;
        }
        const share = count / total;
        for (let k = 0; k < total; k++) {
          expect(Math.abs(hits[k] - share), name).toBeLessThan(5 * Math.sqrt(share));
          for (const axis of [0, 1]) {
            expect(Math.abs(sums[2 * k + axis] / hits[k]), name).toBeLessThan(
              (5 * spread) / Math.sqrt(hits[k]),
            );
          }
        }
        // The mean square of a 2 N-sample deviation is spread^2 within 5 sqrt(1 / N).
        expect(Math.abs(squares / (2 * count) / spread ** 2 - 1), name).toBeLessThan(5 / Math.sqrt(count));
      }
    });

    test('favours no mode, however small the batches are', () => {
      for (const { name, settings } of variantsOf(dataset.settings, wordsOf)) {
        const modes = dataset.modes?.(settings);
        if (!modes) continue;
        const total = modes.centres.length / 2;
        const hits = new Float64Array(total);
        const batches = 800;
        for (let step = 0; step < batches; step++) {
          const [x, y] = sample(settings, 1, step);
          let nearest = 0;
          const from = (k: number) => Math.hypot(x - modes.centres[2 * k], y - modes.centres[2 * k + 1]);
          for (let k = 1; k < total; k++) if (from(k) < from(nearest)) nearest = k;
          hits[nearest] += 1;
        }
        const share = batches / total;
        for (const hit of hits) expect(Math.abs(hit - share), name).toBeLessThan(5 * Math.sqrt(share));
      }
    });
  });
});

describe('every initialiser', () => {
  /** The variance of each weight that its source states, with its settings; absent where it is no such law. */
  const variances: Record<
    string,
    (inputs: number, outputs: number, settings: Record<string, number>) => number
  > = {
    glorot: (inputs, outputs, { gain }) => (gain ** 2 * 2) / (inputs + outputs), // equation 16
    he: (inputs, _, { gain }) => (gain ** 2 * 2) / inputs, // equation 10
    orthogonal: (inputs, outputs, { gain }) => gain ** 2 / Math.max(inputs, outputs), // rows or columns of length gain
    normal: (_inputs, _outputs, { deviation }) => deviation ** 2,
  };
  const all = initialisers as readonly unknown[] as readonly Initialiser[];
  const cases = all.flatMap((entry) =>
    variantsOf(entry.settings, (setting) => [...wordsOf(setting), ...endsOf(setting)]).map(
      ({ name, settings }) => [`${entry.name} ${name}`, entry, settings] as const,
    ),
  );

  test.each(cases)('%s has mean 0 and the variance of its source', (_, entry, settings) => {
    for (const [inputs, outputs] of [
      [60, 50],
      [50, 60],
    ]) {
      const out = new Float64Array(inputs * outputs);
      entry.fill(stream(2, 'test.init'), inputs, outputs, settings, out);
      const expected = variances[entry.name](inputs, outputs, settings as Record<string, number>);
      const count = out.length;
      const mean = out.reduce((sum, w) => sum + w, 0) / count;
      const square = out.reduce((sum, w) => sum + w * w, 0) / count;
      expect(Math.abs(mean)).toBeLessThan(5 * Math.sqrt(expected / count));
      // The fourth moment of a normal is 3 variance^2, so the mean square deviates by sqrt(2 / count).
      expect(Math.abs(square / expected - 1)).toBeLessThan(5 * Math.sqrt(2 / count));
    }
  });

  test('orthogonal rows or columns, whichever are fewer, are orthogonal', () => {
    const orthogonal = all.find(({ name }) => name === 'orthogonal') as Initialiser;
    for (const [inputs, outputs] of [
      [3, 7],
      [7, 3],
      [5, 5],
      [1, 4],
    ]) {
      const w = new Float64Array(inputs * outputs);
      orthogonal.fill(stream(2, 'test.init'), inputs, outputs, { gain: 0.8 }, w);
      const [few, many, a, b] =
        inputs <= outputs ? [inputs, outputs, outputs, 1] : [outputs, inputs, 1, outputs];
      for (let i = 0; i < few; i++) {
        for (let j = 0; j < few; j++) {
          let product = 0;
          for (let k = 0; k < many; k++) product += w[i * a + k * b] * w[j * a + k * b];
          expect(product).toBeCloseTo(i === j ? 0.64 : 0, 14);
        }
      }
    }
  });
});

describe('every rule', () => {
  const size = 7;
  const gradients = (count: number) =>
    Array.from({ length: count }, (_, i) => normals(size, `test.gradient${i}`));
  const cases = allRules.flatMap((rule) =>
    variantsOf(rule.settings, (setting) => [...wordsOf(setting), ...endsOf(setting)]).map(
      ({ name, settings }) => [`${rule.name} ${name}`, rule, settings] as const,
    ),
  );

  describe.each(cases)('%s', (_, rule, settings) => {
    const used = () => {
      const memory = rule.init(size, settings);
      for (const gradient of gradients(3)) rule.update(gradient, memory, settings, new Float64Array(size));
      return memory;
    };

    test('has a plain memory that survives copying, packing and the wire', () => {
      const memory = used();
      const copy = cloneMemory(memory);
      expect(structuredClone(memory)).toEqual(memory);
      expect(copy).toEqual(memory);
      expect(unpackMemory(copy, packMemory(memory))).toEqual(memory);
      const before = structuredClone(copy);
      rule.update(gradients(1)[0], memory, settings, new Float64Array(size));
      expect(copy).toEqual(before);
    });

    test('makes nothing of nothing: no gradient yet, no move', () => {
      const change = new Float64Array(size).fill(3);
      rule.update(new Float64Array(size), rule.init(size, settings), settings, change);
      expect(change.every((value) => value === 0)).toBe(true);
    });

    test('depends on gradient, memory and settings only, and leaves the gradient alone', () => {
      const [memory, twin] = [used(), used()];
      const gradient = normals(size, 'test.next');
      const copy = gradient.slice();
      const [change, twinChange] = [new Float64Array(size), new Float64Array(size).fill(9)];
      rule.update(gradient, memory, settings, change);
      rule.update(gradient, twin, settings, twinChange);
      expect(gradient).toEqual(copy);
      expect(change).toEqual(twinChange);
      expect(memory).toEqual(twin);
      expect(isFiniteVector(change)).toBe(true);
    });

    test('with a rate of 0 moves nothing, but remembers', () => {
      const still = { ...settings, learningRate: 0 };
      const [memory, moving] = [used(), used()];
      const change = new Float64Array(size).fill(3);
      rule.update(gradients(1)[0], memory, still, change);
      expect(change.every((value) => value === 0)).toBe(true);
      rule.update(gradients(1)[0], moving, settings, new Float64Array(size));
      expect(memory).toEqual(moving);
    });

    test('moves against a first gradient', () => {
      const gradient = normals(size, 'test.first');
      const change = new Float64Array(size);
      rule.update(gradient, rule.init(size, settings), settings, change);
      const rate = settings.learningRate as number;
      for (let i = 0; i < size; i++) expect(change[i] * gradient[i]).toBeLessThanOrEqual(0);
      expect(norm(change) > 0).toBe(rate > 0);
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
      rule.update(gradient, a, settings, once);
      rule.update(
        gradient.map((value) => 2 * value),
        double,
        settings,
        twice,
      );
      expect(twice).toEqual(once.map((value) => 2 * value)); // doubling is exact
      expect(packMemory(double)).toEqual(packMemory(a).map((value) => 2 * value));
    });
  });
});

describe('every scheme', () => {
  const mixed = {
    generator: { kind: 'adam', learningRate: 0.01 },
    discriminator: { kind: 'momentum', learningRate: 0.01, momentum: -0.5 },
  };
  const cases = sourced.schemes.flatMap((scheme) =>
    variantsOf(scheme.settings, (setting) => [
      ...wordsOf(setting),
      ...(setting.type === 'integer' ? [setting.min, 3] : endsOf(setting)),
    ]).flatMap(({ name, settings }) =>
      everyGame.map((game) => {
        return [`${scheme.name} ${name} on ${game.kind}`, { kind: scheme.name, ...settings }, game] as const;
      }),
    ),
  );

  test.each(cases)('%s goes on from a checkpoint bit for bit', (_, scheme, game) => {
    const session = openSession(experimentOf({ game, scheme, ...mixed }), reference);
    session.advance(3);
    const kept = structuredClone(session.checkpoint());
    session.advance(5);
    const end = session.checkpoint();
    session.restore(kept);
    session.advance(5);
    expect(session.checkpoint()).toEqual(end);
    const { memory } = end.state;
    const packed = packMemory(memory);
    expect(unpackMemory(cloneMemory(memory), packed)).toEqual(memory);
    expect(isFiniteVector(packed) && isFiniteVector(end.state.point)).toBe(true);
  });

  test.each(cases)('%s stands still at rates of 0', (_, scheme, game) => {
    for (const { name } of rules) {
      const rule = { kind: name, learningRate: 0 };
      const experiment = experimentOf({ game, scheme, generator: rule, discriminator: rule });
      const session = openSession(experiment, reference);
      session.advance(2);
      expect(session.state.point).toEqual(session.scene.initialPoint(experiment.seed));
    }
  });

  test.each(cases)('%s leaves alone a player whose rate is 0', (_, scheme, game) => {
    for (const player of players) {
      const rates = descent(player === 'generator' ? 0 : 0.1, player === 'generator' ? 0.1 : 0);
      const session = openSession(experimentOf({ game, scheme, ...rates }), reference);
      const { split, initialPoint } = session.scene;
      session.advance(2);
      const other = player === 'generator' ? 'discriminator' : 'generator';
      expect(half(session.state.point, split, player)).toEqual(half(initialPoint(0), split, player));
      expect(half(session.state.point, split, other)).not.toEqual(half(initialPoint(0), split, other));
    }
  });

  test.each(everyGame.map((game) => [game.kind, game] as const))(
    'with gradient descent, the first step on %s is minus the rate times the field, where its formula says so',
    (_, game) => {
      const plain = [
        { kind: 'simultaneous' },
        { kind: 'optimistic', first: 'same' },
        { kind: 'extragradient', extrapolation: 0, sameBatch: true },
      ];
      for (const scheme of plain) {
        const experiment = experimentOf({ game, scheme, ...descent(0.125) });
        const scene = sceneOf(experiment);
        const state = firstState(scene, experiment);
        const expected = addScaled(state.point.slice(), scene.field(0, 0, 0).at(state.point), -0.125);
        stepper(scene).advance(state, experiment);
        expect(state.point).toEqual(expected);
      }
    },
  );

  test.each(everyGame.map((game) => [game.kind, game] as const))(
    'on %s meets the losses where it first reads the field of each player',
    (_, game) => {
      for (const scheme of schemes) {
        const experiment = experimentOf({ game, scheme: { kind: scheme.name }, ...descent(0.1) });
        const scene = sceneOf(experiment);
        const state = firstState(scene, experiment);
        const here = scene.field(0, 0, 0).losses(state.point);
        const { advance, met } = stepper(scene);
        advance(state, experiment);
        if (scheme.name === 'alternating') {
          expect(met[1]).toBe(here[1]);
          const between = scene.initialPoint(0);
          half(between, scene.split, 'discriminator').set(half(state.point, scene.split, 'discriminator'));
          expect(met[0]).toBe(scene.field(0, 0, 1).losses(between)[0]);
        } else expect([...met]).toEqual([...here]);
      }
    },
  );
});

describe('every probe', () => {
  const scenes = new Map<string, Scene>(
    everyGame.map((game) => [game.kind, sceneOf(experimentOf({ game }))]),
  );
  const fitting = allProbes.flatMap((probe) =>
    everyGame
      .filter(({ kind }) => probe.fits(scenes.get(kind) as Scene))
      .map((game) => [`${probe.name} on ${game.kind}`, probe, game] as const),
  );

  /** Numbers, words, vectors and records of them. */
  function isPlain(reading: Reading): boolean {
    if (reading === null || reading instanceof Float64Array) return true;
    if (typeof reading !== 'object') return ['number', 'string', 'boolean'].includes(typeof reading);
    return Object.getPrototypeOf(reading) === Object.prototype && Object.values(reading).every(isPlain);
  }

  test('fits some game, and its settings are right as they are', () => {
    for (const probe of allProbes) {
      expect(
        fitting.some(([, each]) => each === probe),
        probe.name,
      ).toBe(true);
      expect(parse<Group>(probe.settings, defaults(probe.settings)).problems).toEqual([]);
    }
  });

  describe.each(fitting)('%s', (_, probe, game) => {
    const experiment = experimentOf({ game, scheme: { kind: 'extragradient' } });
    const watch = [{ probe: probe.name }];

    test('reads plain data that belong to the caller', () => {
      const session = openSession(experiment, reference);
      session.advance(2);
      const first = (takeFrame(session, watch).readings as Record<string, Reading>)[probe.name];
      expect(isPlain(first)).toBe(true);
      const copy = structuredClone(first);
      expect(copy).toEqual(first);
      session.advance(2);
      takeFrame(session, watch);
      expect(first).toEqual(copy);
    });

    test('reads the same of the same moment, and does not change the run', () => {
      const run = (watched: typeof watch) => {
        const session = openSession(experiment, reference);
        const readings = [];
        for (let step = 0; step < 4; step++) {
          session.advance(1);
          readings.push(takeFrame(session, watched).readings, takeFrame(session, watched).readings);
        }
        return { readings, end: session.checkpoint() };
      };
      const { readings, end } = run(watch);
      for (let i = 0; i < readings.length; i += 2) expect(readings[i + 1]).toEqual(readings[i]);
      expect(end).toEqual(run([]).end);
    });

    test('reads with its settings at every end', () => {
      const scene = scenes.get(game.kind) as Scene;
      const moment = { scene, point: scene.initialPoint(0), experiment, step: 0 };
      const values = (setting: Setting) => [...wordsOf(setting), ...endsOf(setting)];
      for (const { name, settings } of variantsOf(probe.settings, values)) {
        expect(isPlain(probe.read(moment, settings)), name).toBe(true);
      }
    });
  });
});
