/** Holds that the benchmark's contestants do the same work, where that can be seen without timing them. */
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { openStep } from '../../bench/peers/tfjs.ts';
import { mendFilterGradient } from '../../bench/peers/tfjsFilters.ts';
import { selectBackend } from '../../bench/peers/tfjsNode.ts';
import { openRun } from '../../bench/saddle.ts';
import { experimentOf, workloads } from '../../bench/workloads.ts';
import { experiment } from '../../src/catalog/experiment.ts';
import { presets } from '../../src/catalog/presets/index.ts';
import { readData } from '../../src/cli/data.ts';
import { parse } from '../../src/settings/index.ts';

describe.each(workloads.map((workload) => [workload.name, workload] as const))(
  'workload %s',
  (_, workload) => {
    test('has as many parameters with TensorFlow.js as with Saddle', async () => {
      await selectBackend('cpu');
      const ours = await openRun(experimentOf(workload), 'reference', readData);
      const peer = openStep(workload);
      expect(peer.parameters).toBe(ours.parameters);
      peer.dispose();
      ours.dispose();
    });
  },
);

const gameOf = (raw: unknown) => parse(experiment, raw as never).values.game;
const workload = (name: string) => workloads.find((each) => each.name === name)!;
const preset = (name: string) => presets.find((each) => each.name === name)!;

test('workload E plays the game of the preset `digits`', () => {
  expect(gameOf(experimentOf(workload('E')))).toEqual(gameOf(preset('digits').experiment));
});

test('workload F plays the game of the preset `mnistConvolutional`, without its penalty', () => {
  const { game } = preset('mnistConvolutional').experiment as { game: object };
  expect(gameOf(experimentOf(workload('F')))).toEqual(gameOf({ game: { ...game, penalty: 'none' } }));
});

test.each([
  [28, 4, 2],
  [7, 4, 2],
  [5, 3, 1],
])(
  'the gradient by filters that the peer brings to wasm is that of the cpu: %i pixels, filters of %i, stride %i',
  async (side, reach, stride) => {
    const gradient = async (backend: 'wasm' | 'cpu') => {
      await selectBackend(backend);
      mendFilterGradient();
      const values = (shape: [number, number, number, number]) =>
        tf.tensor4d(
          Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => Math.sin(i * i)),
          shape,
        );
      const x = values([3, side, side, 2]);
      const filters = values([reach, reach, 2, 5]);
      const loss = (w: tf.Tensor) => tf.sum(tf.square(tf.conv2d(x, w as tf.Tensor4D, stride, 'same')));
      return tf.tidy(() => tf.grad(loss)(filters).dataSync());
    };
    const [expected, found] = [await gradient('cpu'), await gradient('wasm')];
    for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 2);
  },
);
