/**
 * Dense products alone, as a share of what one core can do at most with four lanes: GFLOP/s of the best of many
 * runs, against a loop that only multiplies and adds registers.
 */
import { Code, ModuleWriter, v128 } from '../src/compute/wasm/emitter.ts';
import { planFor } from '../src/compute/wasm/lowering.ts';
import { placeBuffers } from '../src/compute/wasm/memory.ts';
import { write } from '../src/compute/wasm/wasm.ts';
import { build } from '../src/expr/index.ts';

const PAGE_BYTES = 65536;
const RUNS = 40;

async function bestMs(run: () => void, repeats: number): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < RUNS; round++) {
    const start = performance.now();
    for (let i = 0; i < repeats; i++) run();
    best = Math.min(best, (performance.now() - start) / repeats);
    if (round % 5 === 0) await new Promise((resolve) => setTimeout(resolve, 3)); // lets the compiler catch up
  }
  return best;
}

function instantiate(functions: readonly Code[], bytes: number): (() => void)[] {
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE_BYTES) });
  const module = new ModuleWriter();
  functions.forEach((code, at) => {
    module.export(`run${at}`, module.add(code));
  });
  const instance = new WebAssembly.Instance(new WebAssembly.Module(module.bytes()), { env: { memory } });
  new Float32Array(memory.buffer).fill(0.01);
  return functions.map((_, at) => instance.exports[`run${at}`] as () => void);
}

/** GFLOP/s of a loop of independent sums that stay in registers. */
async function peak(): Promise<number> {
  const [sums, steps] = [12, 1e6];
  const code = new Code([]);
  const [x, ...totals] = Array.from({ length: sums + 1 }, () => code.local(v128));
  code.f32(0.5).set(x);
  code.repeat(steps, () => {
    for (const total of totals) code.get(total).get(x).get(x).op('f32x4.mul', 'f32x4.add').set(total);
  });
  for (const total of totals) code.i32(0).get(total).memory('v128.store');
  const [run] = instantiate([code], PAGE_BYTES);
  return (8 * sums * steps) / (await bestMs(run, 1)) / 1e6;
}

/** GFLOP/s of a product, its operands already arranged as it reads them. */
async function product(rows: number, inner: number, columns: number, transposeA: boolean): Promise<number> {
  const a = build.input('a', transposeA ? [inner, rows] : [rows, inner]);
  const b = build.input('b', [inner, columns]);
  const { plan } = planFor({ product: build.matmul(a, b, transposeA) });
  const bytes = placeBuffers(plan);
  const module = new ModuleWriter();
  const kernels = plan.kernels.map((kernel) => ({ kernel, ...write(kernel, false) }));
  const main = kernels.find(({ kernel }) => kernel.kind === 'product')!;
  const caller = new Code([]);
  for (const address of main.addresses) caller.i32(address);
  caller.call(module.add(main.code));
  module.export('run', module.add(caller));
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE_BYTES) });
  new Float32Array(memory.buffer).fill(0.01);
  const instance = new WebAssembly.Instance(new WebAssembly.Module(module.bytes()), { env: { memory } });
  const multiplications = rows * inner * columns;
  const ms = await bestMs(instance.exports.run as () => void, Math.ceil(1e7 / multiplications));
  return (2 * multiplications) / ms / 1e6;
}

/** Sizes that the workloads contain, and square ones. */
const sizes = [
  [512, 16, 16, false],
  [16, 512, 16, true],
  [150, 14, 14, false],
  [512, 64, 64, false],
  [512, 128, 128, false],
  [512, 256, 128, false],
  [256, 512, 128, true],
  [512, 512, 512, false],
] as const;

export interface ProductFigure {
  readonly product: string;
  readonly gflops: number;
  /** Of what registers alone reach. */
  readonly share: number;
}

/** Dense products, each as a share of what the core does in registers. */
export async function measureProducts(): Promise<{ peakGflops: number; products: ProductFigure[] }> {
  const most = await peak();
  const products: ProductFigure[] = [];
  for (const [rows, inner, columns, transposeA] of sizes) {
    const gflops = await product(rows, inner, columns, transposeA);
    const name = `[${rows} ${inner}]${transposeA ? ' from columns' : ''} [${inner} ${columns}]`;
    products.push({ product: name, gflops, share: gflops / most });
  }
  return { peakGflops: most, products };
}
