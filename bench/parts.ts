/** Where a step's time goes: drawing, reading the field, the rule. Medians in ms, on one device. */
import { experiment } from '../src/catalog/experiment.ts';
import { adam } from '../src/catalog/rules/adam.ts';
import { openScene } from '../src/catalog/scene.ts';
import { openDevice } from '../src/engine/devices.ts';
import { addScaled } from '../src/math/vector.ts';
import { parse } from '../src/settings/index.ts';
import { experimentOf, type Workload } from './workloads.ts';

/** So many calls are timed together that the clock's grain does not count. */
const LEAST_TIMED_MS = 0.5;

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
  let step = 0;
  const field = scene.field(0, step, 0);
  const parts: Record<keyof Parts, () => void> = {
    draw: () => void scene.field(0, step++, 0),
    field() {
      if (workload.consensus > 0) {
        field.withTransposed(point, gradient, product);
        addScaled(gradient, product, workload.consensus);
      } else field.at(point, gradient);
    },
    rule() {
      adam.update(gradient, memory, settings, change, place);
      addScaled(point, change, 1);
    },
  };
  const figures = {} as Record<keyof Parts, number>;
  for (const [name, run] of Object.entries(parts) as [keyof Parts, () => void][]) {
    figures[name] = await msOf(run, budgetMs / 3);
  }
  scene.dispose();
  return figures;
}

/** The median ms of one call, many together where they are short, once the compilers are done. */
async function msOf(run: () => void, budgetMs: number): Promise<number> {
  const times: number[] = [];
  let together = 1;
  const end = performance.now() + budgetMs;
  do {
    const start = performance.now();
    for (let i = 0; i < together; i++) run();
    const took = performance.now() - start;
    times.push(took / together);
    if (took < LEAST_TIMED_MS) together *= 2;
    await new Promise((resolve) => setTimeout(resolve, 0));
  } while (performance.now() < end || times.length < 8);
  const settled = times.slice(times.length >> 1).sort((x, y) => x - y);
  return settled[settled.length >> 1];
}
