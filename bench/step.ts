/**
 * Times the steps of the workloads on one device, part by part: ms of drawing, of the field or of
 * consensus (F + gamma J'F), and of Adam. Run: node --import tsx bench/step.ts [device] [workloads]
 */
import { type Experiment, experiment } from '../src/catalog/experiment.ts';
import { adam } from '../src/catalog/rules/adam.ts';
import { openScene, type Scene } from '../src/catalog/scene.ts';
import type { Script } from '../src/catalog/stage.ts';
import { openDevice } from '../src/compute/device.ts';
import { build, grad, sizeOf, vjp } from '../src/expr/index.ts';
import { addScaled } from '../src/math/vector.ts';
import { parse } from '../src/settings/index.ts';
import { workloads } from './workloads.ts';

const CONSENSUS_WEIGHT = 10;

/** F + gamma J'F of a game, as one expression. */
export function consensus({ model, parts, parameters, point }: Script) {
  const own = (player: string) => parts.filter((_, i) => parameters[i].player === player);
  const gradients = [
    ...grad(model.losses[0], own('generator')),
    ...grad(model.losses[1], own('discriminator')),
  ];
  const field = build.concat(gradients.map((each) => build.reshape(each, [sizeOf(each.shape)])));
  const [turned] = vjp([field], [point], [build.stopGradient(field)]);
  return build.add(field, build.scale(turned, CONSENSUS_WEIGHT));
}

/** The tenth part from below: what a step takes when nothing else runs on the core. */
const undisturbed = (times: readonly number[]) =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length / 10)];

type Step = (index: number, note: (part: string) => void) => void;

function stepOf(scene: Scene, isConsensus: boolean): Step {
  const point = scene.initialPoint(0);
  const place = { point, layerEnds: [scene.size] };
  const gradient = new Float64Array(scene.size);
  const change = new Float64Array(scene.size);
  const rule = parse(experiment.fields.generator, { kind: 'adam', learningRate: 1e-4 }).values as never;
  const memory = adam.init(scene.size, rule);
  const program = isConsensus
    ? scene.program('consensus', (script) => ({ direction: consensus(script) }))
    : undefined;
  return (index, note) => {
    const field = scene.field(0, index, 0);
    note('draw');
    let direction = gradient;
    if (program) direction = program.run(point, field.batch).direction as typeof gradient;
    else field.at(point, gradient);
    note('field');
    adam.update(direction, memory, rule, change, place);
    addScaled(point, change, 1);
    note('Adam');
  };
}

async function main([deviceName = 'wasm', chosen = 'ABCD']: readonly string[]) {
  const device = await openDevice(deviceName);
  for (const workload of workloads.filter(({ name }) => chosen.includes(name))) {
    for (const isConsensus of [false, true]) {
      const settings = parse(experiment, workload.experiment).values as Experiment;
      const scene = openScene(settings, device);
      const before = performance.now();
      const step = stepOf(scene, isConsensus);
      step(0, () => {});
      const compiled = performance.now() - before;
      const times: Record<string, number[]> = { draw: [], field: [], Adam: [], step: [] };
      const budget = performance.now() + 4000;
      for (let index = 1; performance.now() < budget; index++) {
        const start = performance.now();
        let last = start;
        step(index, (part) => {
          const now = performance.now();
          times[part].push(now - last);
          last = now;
        });
        times.step.push(last - start);
        if (index % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 0));
      }
      const shown = Object.entries(times).map(
        ([part, all]) => `${part} ${undisturbed(all.slice(all.length >> 1)).toFixed(4)}`,
      );
      const label = `${workload.name}${isConsensus ? ' consensus' : ''}`;
      console.log(`${label.padEnd(12)} ${shown.join('  ')}  (compiled in ${compiled.toFixed(0)})`);
      scene.dispose();
    }
  }
}
if (process.argv[1].endsWith('step.ts')) await main(process.argv.slice(2));
