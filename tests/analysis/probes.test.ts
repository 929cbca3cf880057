/** What the probes read, held to what they say: grids, batches and fixed samples. */
import { describe, expect, test } from 'vitest';
import { discriminator } from '../../src/analysis/discriminator.ts';
import { distance } from '../../src/analysis/distance.ts';
import { gradientNorms } from '../../src/analysis/gradientNorms.ts';
import { losses } from '../../src/analysis/losses.ts';
import { samples } from '../../src/analysis/samples.ts';
import { vectorField } from '../../src/analysis/vectorField.ts';
import type { SamplesPicture } from '../../src/catalog/kinds.ts';
import { firstState, stepper } from '../../src/engine/step.ts';
import { build } from '../../src/expr/index.ts';
import { experimentOf, sceneOf, smallGan } from '../catalog/given.ts';

const experiment = experimentOf({ game: smallGan, scheme: { kind: 'simultaneous' } });
const scene = sceneOf(experiment);
const moment = (step: number, seed = 0) => ({ scene, point: scene.initialPoint(seed), experiment, step });

test('losses and gradient norms are those that the next step meets', () => {
  const state = firstState(scene, experiment);
  const { advance, met } = stepper(scene);
  for (let step = 0; step < 3; step++) {
    const now = { scene, point: state.point, experiment, step };
    const read = losses.read(now, {});
    const norms = gradientNorms.read(now, {});
    const field = scene.field(experiment.seed, step, 0).at(state.point);
    advance(state, experiment);
    expect([read.generator, read.discriminator]).toEqual([...met]);
    expect(norms.generator).toBe(
      Math.sqrt(field.subarray(0, scene.split).reduce((sum, g) => sum + g * g, 0)),
    );
    expect(norms.generator ** 2 + norms.discriminator ** 2).toBeCloseTo(norms.joint ** 2, 12);
    expect(norms.ratio).toBe(norms.generator / norms.discriminator);
    expect(norms.generator).not.toBe(norms.discriminator);
  }
});

describe('samples', () => {
  test('come from the same latent points at every step and follow the generator', () => {
    const first = samples.read(moment(0), { count: 20 });
    expect(samples.read(moment(5), { count: 20 })).toEqual(first);
    const moved = samples.read(moment(0, 1), { count: 20 });
    expect(moved.real).toEqual(first.real);
    expect(moved.generated).not.toEqual(first.generated);
  });

  test('are more of the same when more are asked for', () => {
    const few = samples.read(moment(0), { count: 7 });
    const many = samples.read(moment(0), { count: 20 });
    expect(many.generated.subarray(0, 14)).toEqual(few.generated);
  });

  test('are not what training reads', () => {
    const { real } = samples.read(moment(0), { count: 12 });
    expect(scene.field(experiment.seed, 0, 0).batch.real).not.toEqual(real);
  });
});

test('the discriminator’s grid has its rows upwards and its columns to the right', () => {
  const { extent, resolution, logits } = discriminator.read(moment(0), { extent: 2, resolution: 3 });
  expect([extent, resolution, logits.length]).toEqual([2, 3, 9]);
  const picture = scene.model.picture as SamplesPicture;
  const score = (x: number, y: number) =>
    scene
      .program('one score', () => ({ score: picture.score(build.input('position', [1, 2])) }))
      .run(scene.initialPoint(0), { position: Float64Array.of(x, y) }).score[0];
  [-2, 0, 2].forEach((y, row) => {
    [-2, 0, 2].forEach((x, column) => {
      expect(logits[3 * row + column]).toBeCloseTo(score(x, y), 14);
    });
  });
  expect(discriminator.read(moment(0), { extent: 0, resolution: 2 }).extent).toBe(picture.extent);
});

test('the vector field is F on its grid: (a phi, - a theta) on the rotation', () => {
  const bilinear = experimentOf({ game: { kind: 'bilinear', strength: 3 } });
  const plane = sceneOf(bilinear);
  const now = { scene: plane, point: plane.initialPoint(0), experiment: bilinear, step: 0 };
  const whole = { part: 'field', gamma: 1 } as const;
  const { values } = vectorField.read(now, { ...whole, centre: [1, -1], extent: 2, resolution: 3 });
  const expected = [-3, -1, 1].flatMap((phi) => [-1, 1, 3].flatMap((theta) => [3 * phi, -3 * theta]));
  expect([...values]).toEqual(expected);
});

test('the distance is Euclidean, to the nearest known equilibrium', () => {
  const bilinear = experimentOf({ game: { kind: 'bilinear', start: [3, -4] } });
  const plane = sceneOf(bilinear);
  expect(
    distance.read({ scene: plane, point: plane.initialPoint(0), experiment: bilinear, step: 0 }, {}),
  ).toBe(5);
});
