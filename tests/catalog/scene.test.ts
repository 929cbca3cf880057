/** A scene: one game made ready on a device; batches by name, programs by name, dials that recompile nothing. */
import { expect, test } from 'vitest';
import { distance } from '../../src/analysis/distance.ts';
import { games } from '../../src/catalog/games/index.ts';
import type { Game } from '../../src/catalog/kinds.ts';
import { openScene } from '../../src/catalog/scene.ts';
import { writeGame } from '../../src/catalog/stage.ts';
import type { Device } from '../../src/compute/program.ts';
import { reference } from '../../src/compute/reference/reference.ts';
import { build } from '../../src/expr/index.ts';
import { norm } from '../../src/math/vector.ts';
import { group } from '../../src/settings/index.ts';
import { experimentOf, sceneOf, smallGan } from './given.ts';

const gan = experimentOf({ game: smallGan });

/** The reference device with its open programs counted. */
function counting() {
  const count = { open: 0, made: 0 };
  const device: Device = {
    ...reference,
    compile(outputs) {
      const program = reference.compile(outputs);
      count.open += 1;
      count.made += 1;
      return { ...program, dispose: () => void count.open-- };
    },
  };
  return { count, device };
}

test('the batch of (seed, step, draw) is always the same, and differs from every other', () => {
  const scene = sceneOf(gan);
  const seen = new Set<string>();
  for (const seed of [0, 1]) {
    for (const step of [0, 1]) {
      for (const draw of [0, 1]) {
        const { batch } = scene.field(seed, step, draw);
        const values = JSON.stringify([...batch.real, ...batch.latent]);
        expect(seen.has(values)).toBe(false);
        seen.add(values);
        sceneOf(gan).field(3, 3, 0);
        expect(JSON.stringify([...scene.field(seed, step, draw).batch.real, ...batch.latent])).toBe(values);
      }
    }
  }
});

test('two draws of one step can be read side by side', () => {
  const scene = sceneOf(gan);
  const point = scene.initialPoint(0);
  const first = scene.field(0, 0, 0);
  const before = first.at(point);
  const second = scene.field(0, 0, 1);
  expect(second.at(point)).not.toEqual(before);
  expect(first.at(point)).toEqual(before);
});

test('one half of the field is the half of the whole, and leaves the other half alone', () => {
  const scene = sceneOf(gan);
  const point = scene.initialPoint(0);
  const field = scene.field(0, 0, 0);
  const whole = field.at(point);
  const losses = field.losses(point);
  expect([...field.met]).toEqual([...losses]);
  for (const player of ['generator', 'discriminator'] as const) {
    const out = new Float64Array(scene.size).fill(7);
    field.at(point, out, player);
    const expected = whole.map((value, i) => ((player === 'generator') === i < scene.split ? value : 7));
    expect(out).toEqual(expected);
  }
});

test('what the field writes belongs to the caller', () => {
  const scene = sceneOf(gan);
  const field = scene.field(0, 0, 0);
  const point = scene.initialPoint(0);
  const results = [field.at(point), field.jvp(point, point), field.vjp(point, point)];
  const copies = structuredClone(results);
  const other = scene.initialPoint(1);
  for (const out of [field.at(other), field.jvp(other, other), field.vjp(other, other)]) out.fill(0);
  expect(results).toEqual(copies);
});

test('turning a dial compiles nothing and counts at once, in probes too', () => {
  const { count, device } = counting();
  const of = (strength: number) => experimentOf({ game: { kind: 'bilinear', strength } });
  const scene = openScene(of(1), device);
  const point = Float64Array.of(2, 3);
  const field = scene.field(0, 0, 0);
  const read = () => scene.program('loss', ({ model }) => ({ loss: model.losses[0] })).run(point).loss[0];
  expect([...field.at(point), read()]).toEqual([3, -2, 6]);
  const { made } = count;
  scene.turnDials(of(4));
  expect([...field.at(point), read()]).toEqual([12, -8, 24]);
  expect(count.made).toBe(made);
});

test('however many programs probes ask for, few stay open; one that was closed is made again', () => {
  const { count, device } = counting();
  const scene = openScene(gan, device);
  const point = scene.initialPoint(0);
  scene.field(0, 0, 0).at(point);
  const program = (size: number) =>
    scene.program(`sums ${size}`, () => ({ sum: build.sum(build.input('values', [size])) }));
  const first = program(1);
  for (let size = 1; size <= 200; size++) {
    expect(program(size).run(point, { values: new Float64Array(size).fill(1) }).sum[0]).toBe(size);
  }
  expect(count.open).toBeLessThanOrEqual(20);
  expect(first.run(point, { values: Float64Array.of(5) }).sum[0]).toBe(5);
  const { made } = count;
  scene.field(0, 0, 0).at(point);
  expect(count.made).toBe(made); // the field's own programs stay
  scene.dispose();
  expect(count.open).toBe(0);
});

test('the generator comes first in the point, however the game declares its parameters', () => {
  const initial = () => {};
  const game: Game = {
    name: 'mixed',
    label: '',
    summary: '',
    source: '',
    formula: '',
    settings: group({}),
    write(stage) {
      const parts = [
        stage.parameter('discriminator', 'a', [2, 2], initial),
        stage.parameter('generator', 'b', [3], initial),
        stage.parameter('discriminator', 'c', [], initial),
        stage.parameter('generator', 'd', [1], initial),
      ];
      const loss = parts.map((part) => build.sum(part)).reduce(build.add);
      return { losses: [loss, loss], equilibria: [], picture: { kind: 'plane', extent: 1 } };
    },
  };
  const { parameters, size, split } = writeGame(game, {});
  expect(parameters.map(({ player, name, offset }) => `${player}.${name} ${offset}`)).toEqual([
    'generator.b 0',
    'generator.d 3',
    'discriminator.a 4',
    'discriminator.c 8',
  ]);
  expect([split, size]).toEqual([4, 9]);
});

test('a parameter declared twice, or a dial that turns no number, is said early', () => {
  const base = games[1] as unknown as Game;
  const writing = (write: Game['write']) => () =>
    writeGame({ ...base, name: 'wrong', write }, { start: [0, 0] });
  const initial = () => {};
  expect(
    writing((stage) => {
      stage.parameter('generator', 'a', [], initial);
      stage.parameter('generator', 'a', [], initial);
      throw new Error('not reached');
    }),
  ).toThrow('game wrong: the generator has two parameters named a');
  expect(
    writing((stage) => {
      stage.dial('start');
      throw new Error('not reached');
    }),
  ).toThrow('game wrong: "start" is no number to make a dial of');
});

test('what is known of the equilibrium follows the dials', () => {
  const labelled = (realLabel: number) =>
    experimentOf({ game: { kind: 'gaussianGan', loss: { kind: 'nonSaturating', realLabel } } });
  const scene = sceneOf(labelled(1));
  const levels = [1, 0.9, 0.6, 1].map((label) => {
    const experiment = labelled(label);
    scene.turnDials(experiment);
    const { equilibria, lossesAtEquilibrium = [] } = scene.model;
    const point = Float64Array.from(equilibria[0].point);
    const field = scene.field(0, 0, 0);
    expect(norm(field.at(point).subarray(scene.split))).toBeLessThan(1e-13);
    for (const [i, loss] of field.losses(point).entries())
      expect(loss).toBeCloseTo(lossesAtEquilibrium[i], 13);
    expect(distance.read({ scene, point, experiment, step: 0 }, {})).toBe(0);
    return point[4];
  });
  expect(levels).toEqual([0, Math.log(0.9 / 1.1), Math.log(0.6 / 1.4), 0]);
});
