/**
 * Times every kernel of a workload's field alone. Run: node --import tsx bench/kernels.ts A [consensus]
 *
 * Besides the workloads, `pictures` is a DCGAN of 28 by 28 pixels, `nearest` and `residual` are its variants.
 */
import { type Experiment, experiment } from '../src/catalog/experiment.ts';
import { games } from '../src/catalog/games/index.ts';
import { type Script, writeGame } from '../src/catalog/stage.ts';
import { readData } from '../src/cli/data.ts';
import { Code, ModuleWriter } from '../src/compute/wasm/emitter.ts';
import { planFor } from '../src/compute/wasm/lowering.ts';
import { placeBuffers } from '../src/compute/wasm/memory.ts';
import type { AnyProduct, Blocks } from '../src/compute/wasm/plan.ts';
import { write } from '../src/compute/wasm/wasm.ts';
import { prepare } from '../src/engine/prepare.ts';
import { sizeOf, vjp } from '../src/expr/index.ts';
import { parse } from '../src/settings/index.ts';
import { fieldOf, pictureGan } from '../tests/catalog/pictureGan.ts';
import { experimentOf, workloads } from './workloads.ts';

const [name = 'A', what = 'field'] = process.argv.slice(2);
const script = await writtenOf(name);
const { model } = script;
const field = fieldOf(script);
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
const rounds = plan.kernels.length > 200 || bytes > 2 ** 25 ? 40 : 400;
for (let round = 0; round < rounds; round++) {
  runs.forEach((run, at) => {
    const start = performance.now();
    run();
    times[at].push(performance.now() - start);
  });
  if (round % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
}
const gigaflops = ({ rows, inner, columns, ...kernel }: AnyProduct & { blocks?: Blocks }, ms: number) =>
  ((2 * sizeOf(rows) * sizeOf(inner) * columns * (kernel.blocks?.extent ?? 1)) / ms / 1e6).toFixed(1);
let total = 0;
plan.kernels.forEach((kernel, at) => {
  const ms = times[at].slice(rounds / 2).sort((a, b) => a - b)[rounds / 4];
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

async function writtenOf(name: string): Promise<Script> {
  const variants: Record<string, Record<string, unknown>> = {
    pictures: {},
    nearest: { growing: 'nearest' },
    residual: { blocks: 'residual' },
  };
  if (name in variants) return pictureGan({ side: 28, batch: 64, latent: 64, settings: variants[name] });
  const workload = workloads.find((each) => each.name === name)!;
  const played = parse(experiment, experimentOf(workload)).values as Experiment;
  await prepare(played, readData);
  const settings = played.game;
  return writeGame(games.find((game) => game.name === settings.kind) as never, settings);
}
