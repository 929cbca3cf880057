/** Times every kernel of a workload's field alone. Run: node --import tsx bench/kernels.ts A [consensus] */
import { type Experiment, experiment } from '../src/catalog/experiment.ts';
import { games } from '../src/catalog/games/index.ts';
import { writeGame } from '../src/catalog/stage.ts';
import { Code, ModuleWriter } from '../src/compute/wasm/emitter.ts';
import { planFor } from '../src/compute/wasm/lowering.ts';
import { placeBuffers } from '../src/compute/wasm/memory.ts';
import { write } from '../src/compute/wasm/wasm.ts';
import { build, grad, sizeOf, vjp } from '../src/expr/index.ts';
import { parse } from '../src/settings/index.ts';
import { experimentOf, workloads } from './workloads.ts';

const [name = 'A', what = 'field'] = process.argv.slice(2);
const workload = workloads.find((each) => each.name === name)!;
const settings = (parse(experiment, experimentOf(workload)).values as Experiment).game;
const script = writeGame(games.find((game) => game.name === settings.kind) as never, settings);
const { model, parts, parameters } = script;
const own = (player: string) => parts.filter((_, i) => parameters[i].player === player);
const flat = [...grad(model.losses[0], own('generator')), ...grad(model.losses[1], own('discriminator'))];
const field = build.concat(flat.map((each) => build.reshape(each, [sizeOf(each.shape)])));
const plan = planFor(
  what === 'field'
    ? { field, generator: model.losses[0], discriminator: model.losses[1] }
    : { field, product: vjp([field], [script.point], [field])[0] },
).plan;
const bytes = placeBuffers(plan);
const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / 65536) });
const floats = new Float32Array(memory.buffer);
for (let i = 0; i < floats.length; i++) floats[i] = Math.sin(i) * 0.1;
const module = new ModuleWriter();
const isRelaxed = process.execArgv.includes('--experimental-wasm-relaxed-simd');
plan.kernels.forEach((kernel, at) => {
  const { code, addresses } = write(kernel, isRelaxed);
  const main = new Code([]);
  for (const address of addresses) main.i32(address);
  main.call(module.add(code));
  module.export(`kernel${at}`, module.add(main));
});
const instance = new WebAssembly.Instance(new WebAssembly.Module(module.bytes()), { env: { memory } });
const runs = plan.kernels.map((_, at) => instance.exports[`kernel${at}`] as () => void);
const times = runs.map(() => [] as number[]);
for (let round = 0; round < 400; round++) {
  runs.forEach((run, at) => {
    const start = performance.now();
    run();
    times[at].push(performance.now() - start);
  });
  if (round % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
}
const gigaflops = (kernel: { rows: number; inner: number; columns: number }, ms: number) =>
  ((2 * kernel.rows * kernel.inner * kernel.columns) / ms / 1e6).toFixed(1);
let total = 0;
plan.kernels.forEach((kernel, at) => {
  const ms = times[at].slice(200).sort((a, b) => a - b)[100];
  total += ms;
  const isProduct = kernel.kind === 'product' || kernel.kind === 'dots';
  const sinks = 'sinks' in kernel ? kernel.sinks : [];
  const made = sinks.map((sink) => sink.value.operation.name + (sink.precision === 'float64' ? '!' : ''));
  const shape = isProduct
    ? `[${kernel.rows} ${kernel.inner}] [${kernel.inner} ${kernel.columns}] ${gigaflops(kernel, ms)} GFLOP/s`
    : `[${kernel.shape}]${kernel.kind === 'reduction' ? ` over ${kernel.axes}` : ''}`;
  console.log(
    `${String(at).padStart(3)} ${(1000 * ms).toFixed(1).padStart(8)} us  ${kernel.kind.padEnd(9)} ${shape}  -> ${made.join(' + ')}`,
  );
});
console.log(
  `${(total * 1000).toFixed(1)} us in ${plan.kernels.length} kernels, ${bytes} bytes, ${module.bytes().length} bytes of code`,
);
