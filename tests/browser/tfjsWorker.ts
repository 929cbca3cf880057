/** A module worker that holds the WebGL device against the reference and reports what it found. */

import { env, findBackend, memory } from '@tensorflow/tfjs-core';
import { loadLate } from '../../src/catalog/late.ts';
import { availableDevices, openDevice } from '../../src/compute/device.ts';
import { build } from '../../src/expr/index.ts';
import { distanceFromReference } from '../compute/agreement.ts';
import { convolutions, pictureProgram, pictureVariants } from '../compute/pictures.ts';
import { ganProgram } from '../compute/programs.ts';
import { Choices } from '../expr/choices.ts';
import { moves, randomExpression } from '../expr/randomExpressions.ts';

await loadLate();

/** Everything that tfjs and its backend count. */
const held = () => ({ ...memory(), kept: findBackend('webgl').numDataIds() });

async function examine() {
  const device = await openDevice('tfjs-webgl');
  const atFirst = held();

  const gan = ganProgram({ batch: 64, latent: 4, hidden: [16, 16] });
  const ganDistance = distanceFromReference(device, gan);
  const program = device.compile(gan.outputs);
  program.run(gan.given);
  const afterOne = held();
  for (let run = 0; run < 200; run++) program.run(gan.given);
  const afterMany = held();
  program.dispose();

  env().set('WEBGL_CPU_FORWARD', false); // or small tensors never reach the graphics card
  const distances = Object.keys(moves).map((name, at): [string, number] => {
    const numbers = [...new Choices([at]).values([Choices.count])];
    const choices = new Choices(numbers.map((value) => Math.floor(((value + 1) / 2) * Choices.limit)));
    const { output, values } = randomExpression(choices, 1, { [name]: moves[name] });
    return [name, distanceFromReference(device, { outputs: { output }, given: values })];
  });

  const convolved = convolutions.map(([name, { outputs, given, terms }]): [string, number] => [
    name,
    distanceFromReference(device, { outputs, given }) / Math.max(1, Math.sqrt(terms) / 8),
  ]);
  const pictured = Object.entries(pictureVariants).map(([name, variant]): [string, number] => [
    name,
    distanceFromReference(device, pictureProgram(variant)),
  ]);

  const x = build.input('x', [3]);
  const special = device.compile({
    tanh: build.tanh(x),
    exp: build.exp(x),
    square: build.square(x),
    sum: build.sum(x),
    max: build.max(x),
  });
  const specials = special.run({ x: Float64Array.of(Infinity, -Infinity, NaN) });
  special.dispose();

  const atLast = held();
  const available = await availableDevices();
  return {
    available,
    ganDistance,
    atFirst,
    afterOne,
    afterMany,
    atLast,
    distances,
    convolved,
    pictured,
    specials,
  };
}

export type Report = Awaited<ReturnType<typeof examine>>;

examine().then(
  (report) => self.postMessage({ report }),
  (error) => self.postMessage({ error: String(error) }),
);
