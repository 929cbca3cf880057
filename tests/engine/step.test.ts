/** A step: which batches it reads, what it meets there, and that it makes no garbage that lives on. */
import { describe, expect, test } from 'vitest';
import type { Scene } from '../../src/catalog/scene.ts';
import { firstState, stepper } from '../../src/engine/step.ts';
import { experimentOf, sceneOf, smallGan } from '../catalog/given.ts';

describe('the batches that a step reads, as (seed, step, draw)', () => {
  /** What three steps from the start ask the scene for. */
  function reads(scheme: Readonly<Record<string, unknown>>): string[] {
    const experiment = experimentOf({ seed: 7, game: smallGan, scheme });
    const scene = sceneOf(experiment);
    const asked: string[] = [];
    const watched: Scene = {
      ...scene,
      field(seed, step, draw) {
        asked.push(`${seed} ${step} ${draw}`);
        return scene.field(seed, step, draw);
      },
    };
    const state = firstState(watched, experiment);
    const { advance } = stepper(watched);
    for (let step = 0; step < 3; step++) advance(state, experiment);
    return asked;
  }
  const draws = (count: number) =>
    [0, 1, 2].flatMap((step) => Array.from({ length: count }, (_, draw) => `7 ${step} ${draw}`));

  test.each([
    ['simultaneous reads one', { kind: 'simultaneous' }, 1],
    ['optimistic reads one', { kind: 'optimistic' }, 1],
    ['alternating reads a fresh one for each turn', { kind: 'alternating', discriminatorSteps: 3 }, 4],
    ['extragradient reads a fresh one where it looks ahead', { kind: 'extragradient' }, 2],
    ['extragradient on the same batch reads one', { kind: 'extragradient', sameBatch: true }, 1],
  ])('%s', (_, scheme, count) => {
    expect(reads(scheme)).toEqual(draws(count));
  });
});

test('the losses that a step meets are those of its own batch at the point where it begins', () => {
  const experiment = experimentOf({ game: smallGan, scheme: { kind: 'simultaneous' } });
  const scene = sceneOf(experiment);
  const state = firstState(scene, experiment);
  const { advance, met } = stepper(scene);
  for (let step = 0; step < 3; step++) {
    const expected = scene.field(experiment.seed, step, 0).losses(state.point);
    advance(state, experiment);
    expect([...met]).toEqual([...expected]);
  }
});

test('one stepper can take steps of any state: nothing of the last one lingers', () => {
  const experiment = experimentOf({ game: smallGan, scheme: { kind: 'optimistic' } });
  const scene = sceneOf(experiment);
  const { advance } = stepper(scene);
  const [a, b, alone] = [0, 1, 2].map(() => firstState(scene, experiment));
  for (let step = 0; step < 3; step++) {
    advance(a, experiment);
    if (step < 2) advance(b, experiment);
  }
  advance(b, experiment);
  const fresh = stepper(sceneOf(experiment));
  for (let step = 0; step < 3; step++) fresh.advance(alone, experiment);
  expect(a).toEqual(alone);
  expect(b).toEqual(alone);
});
