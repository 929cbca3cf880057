/** Where a step's time goes: drawing, reading the field, the rule. Medians in ms, on one device. */
import { experiment } from '../src/catalog/experiment.ts';
import { adam } from '../src/catalog/rules/adam.ts';
import { openScene } from '../src/catalog/scene.ts';
import { openDevice } from '../src/engine/devices.ts';
import { addScaled } from '../src/math/vector.ts';
import { parse } from '../src/settings/index.ts';
import { experimentOf, type Workload } from './workloads.ts';

export interface Parts {
  readonly draw: number;
  readonly field: number;
  readonly rule: number;
}

export async function measureParts(workload: Workload, deviceName: string, budgetMs: number): Promise<Parts> {
  const { values } = parse(experiment, experimentOf(workload));
  const scene = openScene(values, await openDevice(deviceName));
  const point = scene.initialPoint(0);
  const gradient = new Float64Array(scene.size);
  const product = new Float64Array(scene.size);
  const change = new Float64Array(scene.size);
  const settings = parse(experiment.fields.generator, { kind: 'adam', learningRate: 1e-4 }).values as never;
  const memory = adam.init(scene.size, settings);
  const place = { point, layerEnds: [scene.size] };
  const times: Record<keyof Parts, number[]> = { draw: [], field: [], rule: [] };
  const end = performance.now() + budgetMs;
  for (let step = 0; performance.now() < end; step++) {
    const start = performance.now();
    const field = scene.field(0, step, 0);
    const drawn = performance.now();
    if (workload.consensus > 0) {
      field.withTransposed(point, gradient, product);
      addScaled(gradient, product, workload.consensus);
    } else field.at(point, gradient);
    const read = performance.now();
    adam.update(gradient, memory, settings, change, place);
    addScaled(point, change, 1);
    const done = performance.now();
    times.draw.push(drawn - start);
    times.field.push(read - drawn);
    times.rule.push(done - read);
    if (step % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 0));
  }
  scene.dispose();
  const median = (all: readonly number[]) => {
    const settled = all.slice(all.length >> 1).sort((x, y) => x - y); // the first half warms up
    return settled[settled.length >> 1];
  };
  return { draw: median(times.draw), field: median(times.field), rule: median(times.rule) };
}
