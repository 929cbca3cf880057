/** What the browser runs: the race, asked for by name through `window.race`. */
import * as tf from '@tensorflow/tfjs';
import { openStep } from '../peers/tfjs.ts';
import { type Contestant, type Pace, race } from '../race.ts';
import { openRun } from '../saddle.ts';
import { experimentOf, workloads } from '../workloads.ts';

async function raceHere(name: string, pace: Pace) {
  const workload = workloads.find((each) => each.name === name);
  if (!workload) throw new Error(`no workload ${name}`);
  const leftOut: string[] = [];
  const contestants: Contestant[] = [];
  const add = async (label: string, open: () => Promise<Omit<Contestant, 'name'>>) => {
    try {
      const contestant = { name: label, ...(await open()) };
      contestant.step();
      contestants.push(contestant);
    } catch (error) {
      leftOut.push(`${label}: ${(error as Error).message}`);
    }
  };
  const run = (device: string) => () => openRun(experimentOf(workload), device);
  await add('saddle wasm', run('wasm'));
  await add('saddle wasm relaxed', run('wasm-relaxed'));
  await add('saddle tfjs-webgl', run('tfjs-webgl'));
  await add('tfjs webgl eager', async () => {
    await tf.setBackend('webgl');
    tf.enableProdMode();
    const { step, dispose } = openStep(workload);
    return {
      dispose,
      // Reading a number back makes the card finish what it was asked for.
      step() {
        step();
        tf.scalar(0).dataSync();
      },
    };
  });
  return { results: await race(contestants, pace), leftOut };
}

Object.assign(window, { race: raceHere });
