/** What the browser runs: the race, asked for by name through `window.race`. */
import * as tf from '@tensorflow/tfjs';
import { hasGraphicsCard } from '../../src/engine/devices.ts';
import { readData } from '../../src/worker/data.ts';
import { openStep } from '../peers/tfjs.ts';
import { checkSize, type Pace, race, type Stepper } from '../race.ts';
import { openRun } from '../saddle.ts';
import { experimentOf, workloads } from '../workloads.ts';

async function raceHere(name: string, pace: Pace) {
  const workload = workloads.find((each) => each.name === name);
  if (!workload) throw new Error(`no workload ${name}`);
  const leftOut: string[] = [];
  const contestants: Stepper[] = [];
  const add = async (label: string, open: () => Promise<Omit<Stepper, 'name'>>) => {
    try {
      const contestant = { name: label, ...(await open()) };
      checkSize(contestant.parameters, contestants[0]?.parameters);
      contestant.step();
      contestants.push(contestant);
    } catch (error) {
      leftOut.push(`${label}: ${(error as Error).message}`);
    }
  };
  const run = (device: string) => () => openRun(experimentOf(workload), device, readData);
  await add('saddle wasm', run('wasm'));
  await add('saddle wasm relaxed', run('wasm-relaxed'));
  await add('saddle tfjs-webgl', run('tfjs-webgl'));
  await add('tfjs webgl eager', async () => {
    await tf.setBackend('webgl');
    tf.enableProdMode();
    const { parameters, step, finish, dispose } = openStep(workload);
    return {
      parameters,
      dispose,
      step() {
        step();
        finish();
      },
    };
  });
  const parameters = contestants[0]?.parameters;
  return { results: await race(contestants, pace), leftOut, parameters };
}

Object.assign(window, { race: raceHere, hasGraphicsCard });
