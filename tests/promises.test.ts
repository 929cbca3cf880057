/** What every entry of a kind promises, whichever it is: a new one is held to all of this by being listed. */
import { describe, expect, test } from 'vitest';
import { probes } from '../src/analysis/index.ts';
import { finish, type Probe, type Reading } from '../src/analysis/probe.ts';
import { adjustments } from '../src/catalog/adjustments/index.ts';
import { averages } from '../src/catalog/averages/index.ts';
import { clippings } from '../src/catalog/clippings/index.ts';
import { constraints } from '../src/catalog/constraints/index.ts';
import { datasets } from '../src/catalog/datasets/index.ts';
import { experiment as schema } from '../src/catalog/experiment.ts';
import { foresights } from '../src/catalog/foresights/index.ts';
import { games } from '../src/catalog/games/index.ts';
import { imageSets } from '../src/catalog/images/index.ts';
import { initialisers } from '../src/catalog/initialisers/index.ts';
import type { Dataset, Game, Initialiser, Loss, Sourced, Streams } from '../src/catalog/kinds.ts';
import { lookaheads } from '../src/catalog/lookaheads/index.ts';
import { losses } from '../src/catalog/losses/index.ts';
import { pictureNetworks } from '../src/catalog/networks/pictures.ts';
import { penalties } from '../src/catalog/penalties/index.ts';
import { presets } from '../src/catalog/presets/index.ts';
import { rules } from '../src/catalog/rules/index.ts';
import type { Scene } from '../src/catalog/scene.ts';
import { schedules } from '../src/catalog/schedules/index.ts';
import { schemes } from '../src/catalog/schemes/index.ts';
import { reference } from '../src/compute/reference/reference.ts';
import { momentOf, openObserver, takeFrame } from '../src/engine/frame.ts';
import { openSession } from '../src/engine/session.ts';
import { build, grad } from '../src/expr/index.ts';
import { stream } from '../src/math/random.ts';
import { addScaled, dot, isFiniteVector, norm } from '../src/math/vector.ts';
import { defaults, type Group, parse, type Setting } from '../src/settings/index.ts';
import { experimentOf, lossesOf, sceneOf, smallGames, smallGan } from './catalog/given.ts';
import './loaded.ts';
import { endsOf, variantsOf, wordsOf } from './catalog/variants.ts';

const sourced: Readonly<Record<string, readonly Sourced[]>> = {
  games: games as readonly unknown[] as readonly Sourced[],
  datasets: datasets as readonly unknown[] as readonly Sourced[],
  imageSets: imageSets as readonly unknown[] as readonly Sourced[],
  losses: losses as readonly unknown[] as readonly Sourced[],
  networks: pictureNetworks as readonly unknown[] as readonly Sourced[],
  initialisers: initialisers as readonly unknown[] as readonly Sourced[],
  rules: rules as readonly unknown[] as readonly Sourced[],
  schemes: schemes as readonly unknown[] as readonly Sourced[],
  penalties: penalties as readonly unknown[] as readonly Sourced[],
  foresights: foresights as readonly unknown[] as readonly Sourced[],
  adjustments: adjustments as readonly unknown[] as readonly Sourced[],
  clippings: clippings as readonly unknown[] as readonly Sourced[],
  schedules: schedules as readonly unknown[] as readonly Sourced[],
  constraints: constraints as readonly unknown[] as readonly Sourced[],
  lookaheads: lookaheads as readonly unknown[] as readonly Sourced[],
  averages: averages as readonly unknown[] as readonly Sourced[],
};
const allProbes = probes as readonly unknown[] as readonly Probe[];

/** Standard normals of a test's own. */
const normals = (size: number, purpose: string) => stream(1, purpose).normals(new Float64Array(size));
const streamsOf =
  (step: number, draw = 0): Streams =>
  (purpose) =>
    stream(5, purpose, step, draw);

/** Small games of every kind; those of the second list are smooth. */
const everyGame = games.map(({ name }) => smallGames[name] ?? { kind: name });
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
    for (const list of Object.values(sourced)) {
      for (const { name, formula } of list as readonly { name: string; formula?: string }[]) {
        if (name !== 'none' && formula !== undefined) expect(formula.length, name).toBeGreaterThan(3);
      }
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
      expect(isFiniteVector(point)).toBe(true);
      if (preset.heavy) continue; // its field takes the reference minutes: tests/catalog/presets.test.ts plays it
      const field = scene.field(seed, 0, 0);
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
      const scene = sceneOf(
        experimentOf({ game: game.kind === 'twoTimescale' ? { ...game, noise: 0 } : game }),
      );
      for (const equilibrium of scene.model.equilibria) {
        known += 1;
        const point = Float64Array.from(equilibrium.point);
        const field = scene.wholeField?.() ?? scene.field(0, 0, 0);
        // Exactly zero where the equilibrium is a double; else to the rounding of its coordinates.
        expect(norm(field.at(point)), name).toBeLessThan(1e-10);
        const expected = scene.model.lossesAtEquilibrium;
        for (const i of [0, 1]) {
          if (expected) expect(Math.abs(field.losses(point)[i] - expected[i]), name).toBeLessThan(1e-14);
        }
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
        // BEGAN's discriminator puts out a reconstruction, data on a line are of one dimension, and sets of pictures
        // have sizes of their own: choosing them begins another run.
        const isAnew = variant === 'loss=began' || variant === 'dataset=line' || name === 'images';
        if (live && !isAnew) expect(parametersOf(settings), variant).toEqual(usual);
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
  const features = { real: build.input('realFeatures', [4, 2]), fake: build.input('fakeFeatures', [4, 2]) };
  const given = {
    real: Float64Array.of(0.3, -1, 2, 0.1),
    fake: Float64Array.of(-0.7, 0.2, 1.5, -2),
    realFeatures: normals(8, 'test.realFeatures'),
    fakeFeatures: normals(8, 'test.fakeFeatures'),
  };
  /** Every sample with the same score, and the same features on both sides. */
  const level = (score: number) => ({
    real: new Float64Array(4).fill(score),
    fake: new Float64Array(4).fill(score),
    realFeatures: given.realFeatures,
    fakeFeatures: given.realFeatures,
  });
  const cases = (losses as readonly unknown[] as readonly Loss[]).flatMap((loss) =>
    variantsOf(loss.settings, wordsOf).map(
      ({ name, settings }) => [`${loss.name} ${name}`, loss, settings] as const,
    ),
  );

  test.each(cases)(
    '%s says truly whether it is zero-sum, and its values at equilibrium',
    (_, loss, settings) => {
      const [generator, discriminator] = lossesOf(loss, settings, { real, fake, features });
      const outputs = {
        generator,
        discriminator,
        byFake: grad(build.add(generator, discriminator), [fake])[0],
        byLevel: build.sum(build.concat(grad(discriminator, [real, fake]))),
      };
      const program = reference.compile(outputs);
      const sum = norm(program.run(given).byFake);
      if (loss.zeroSum) expect(sum).toBeLessThan(1e-15);
      const expected = loss.atEquilibrium(settings);
      if (!expected) return;
      // What a discriminator answers that cannot tell the two apart: the level at which its loss is least.
      const slope = (score: number) => program.run(level(score)).byLevel[0];
      let [low, high] = slope(0) === 0 ? [0, 0] : [-8, 8];
      for (let k = 0; k < 60; k++) {
        const middle = (low + high) / 2;
        if (slope(middle) > 0) high = middle;
        else low = middle;
      }
      const chance = program.run(level((low + high) / 2));
      expect(chance.generator[0]).toBeCloseTo(expected[0], 12);
      expect(chance.discriminator[0]).toBeCloseTo(expected[1], 12);
    },
  );
});

describe('every dataset', () => {
  describe.each(
    (datasets as readonly unknown[] as readonly Dataset[]).map((set) => [set.name, set] as const),
  )('%s', (_, dataset) => {
    const dimension = dataset.dimension ?? 2;
    const sample = (settings: Record<string, unknown>, count: number, step = 0) => {
      const out = new Float64Array(dimension * count);
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
        expect(farthest, name).toBeGreaterThan(extent / 10); // and it is not lost in the plane
      }
    });

    test('has its modes where it says, with the spread and the share that it says', () => {
      for (const { name, settings } of variantsOf(dataset.settings, wordsOf)) {
        const modes = dataset.modes?.(settings);
        if (!modes) continue;
        const { centres, spread } = modes;
        if (dataset.name === 'line') continue; // its two modes overlap: the nearest is not always the own
        const total = centres.length / dimension;
        const count = 20_000;
        const samples = sample(settings, count);
        const hits = new Float64Array(total);
        const sums = new Float64Array(dimension * total);
        let squares = 0;
        for (let i = 0; i < count; i++) {
          const from = (k: number) => {
            let square = 0;
            for (let axis = 0; axis < dimension; axis++) {
              square += (samples[dimension * i + axis] - centres[dimension * k + axis]) ** 2;
            }
            return square;
          };
          let nearest = 0;
          for (let k = 1; k < total; k++) if (from(k) < from(nearest)) nearest = k;
          hits[nearest] += 1;
          for (let axis = 0; axis < dimension; axis++) {
            sums[dimension * nearest + axis] +=
              samples[dimension * i + axis] - centres[dimension * nearest + axis];
          }
          squares += from(nearest);
        }
        const share = count / total;
        for (let k = 0; k < total; k++) {
          expect(Math.abs(hits[k] - share), name).toBeLessThan(5 * Math.sqrt(share));
          for (let axis = 0; axis < dimension; axis++) {
            expect(Math.abs(sums[dimension * k + axis] / hits[k]), name).toBeLessThan(
              (5 * spread) / Math.sqrt(hits[k]),
            );
          }
        }
        // The mean square of at least N deviations is spread^2 within 5 sqrt(2 / N).
        expect(Math.abs(squares / (dimension * count) / spread ** 2 - 1), name).toBeLessThan(
          5 * Math.sqrt(2 / (dimension * count)),
        );
      }
    });

    test('favours no mode, however small the batches are', () => {
      for (const { name, settings } of variantsOf(dataset.settings, wordsOf)) {
        const modes = dataset.modes?.(settings);
        if (!modes) continue;
        const total = modes.centres.length / dimension;
        const hits = new Float64Array(total);
        const batches = 800;
        for (let step = 0; step < batches; step++) {
          const [x, y = 0] = sample(settings, 1, step);
          let nearest = 0;
          const from = (k: number) =>
            Math.hypot(x - modes.centres[dimension * k], dimension === 1 ? 0 : y - modes.centres[2 * k + 1]);
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
    if (Array.isArray(reading)) return reading.every(isPlain);
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
        const { seconds: _, ...end } = session.checkpoint(); // what it took to compute is never the same
        return { readings, end };
      };
      const { readings, end } = run(watch);
      for (let i = 0; i < readings.length; i += 2) expect(readings[i + 1]).toEqual(readings[i]);
      expect(end).toEqual(run([]).end);
    });

    if ('work' in probe) {
      test('reads of its own moment, whatever the run does meanwhile', () => {
        const readAt = (readings: object) => (readings as Record<string, Reading | undefined>)[probe.name];
        const session = openSession(experiment, reference);
        session.advance(3);
        const expected = readAt(takeFrame(session, watch).readings);
        const observer = openObserver();
        let reading: Reading | undefined;
        // One piece of the work between two steps.
        while (reading === undefined) {
          reading = readAt(observer.frame(session, watch, 0).readings);
          session.advance(1);
        }
        expect(reading).toEqual(expected);
      });
    }

    test('reads with its settings at every end', () => {
      const moment = momentOf(openSession(experiment, reference));
      const values = (setting: Setting) => [...wordsOf(setting), ...endsOf(setting)];
      for (const { name, settings } of variantsOf(probe.settings, values)) {
        const reading = 'read' in probe ? probe.read(moment, settings) : finish(probe.work(moment, settings));
        expect(isPlain(reading), name).toBe(true);
      }
    });
  });
});
