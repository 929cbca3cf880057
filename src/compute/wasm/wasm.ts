/** The WebAssembly device: each program becomes one module of its own, with every size and address written in. */
import { type Expr, sizeOf } from '../../expr/index.ts';
import { type Device, type Given, givenValue, type Program, type Results } from '../program.ts';
import { Code, ModuleWriter, v128 } from './emitter.ts';
import { writeDots } from './kernels/dots.ts';
import { writeCopy, writeLoop } from './kernels/loop.ts';
import { writeProduct } from './kernels/product.ts';
import { writeReduction } from './kernels/reduction.ts';
import { planFor } from './lowering.ts';
import { placeBuffers } from './memory.ts';
import { openNormals } from './normals.ts';
import type { Kernel } from './plan.ts';

const PAGE_BYTES = 65536;

/** A kernel as a function, whose parameters are the addresses of these views, of so many bytes an element. */
export function write(kernel: Kernel, relaxed: boolean): { code: Code; addresses: readonly number[] } {
  const { code, views } = frameOf(kernel, relaxed);
  const sinks = kernel.kind === 'reduction' || kernel.kind === 'copy' ? [] : kernel.sinks;
  const wide = new Set(sinks.filter((sink) => sink.precision === 'float64').map((sink) => sink.to));
  const addresses = views.map((view) => view.buffer.address + view.offset * (wide.has(view) ? 8 : 4));
  return { code, addresses };
}

function frameOf(kernel: Kernel, relaxed: boolean) {
  switch (kernel.kind) {
    case 'loop':
      return writeLoop(kernel, relaxed);
    case 'copy':
      return writeCopy(kernel);
    case 'reduction':
      return writeReduction(kernel, relaxed);
    case 'dots':
      return writeDots(kernel, relaxed);
    case 'product':
      return writeProduct(kernel, relaxed);
  }
}

function compile<Name extends string>(
  outputs: Readonly<Record<Name, Expr>>,
  relaxed: boolean,
): Program<Name> {
  const { plan, inputs } = planFor(outputs);
  const bytes = placeBuffers(plan);
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE_BYTES) });

  const module = new ModuleWriter();
  const main = new Code([]);
  for (const kernel of plan.kernels) {
    const { code, addresses } = write(kernel, relaxed);
    for (const address of addresses) main.i32(address);
    main.call(module.add(code));
  }
  module.export('run', module.add(main));
  const instance = new WebAssembly.Instance(new WebAssembly.Module(module.bytes()), { env: { memory } });
  const runKernels = instance.exports.run as () => void;

  for (const { values, count, buffer } of plan.constants) {
    const place = new Float32Array(memory.buffer, buffer.address, count);
    if (values.length === 1) place.fill(values[0]);
    else place.set(values);
  }
  const slots = plan.inputs.map(({ name, shape, staged }) => ({
    name,
    values: new Float32Array(memory.buffer, staged.address, sizeOf(shape)),
  }));
  // Views on the program's own memory, which never grows: nothing is copied.
  const results = Object.fromEntries(
    plan.results.map(({ name, buffer, size }) => [
      name,
      new Float64Array(memory.buffer, buffer.address, size),
    ]),
  ) as Record<Name, Float64Array>;

  return {
    inputs,
    run(given: Given): Results<Name> {
      for (let i = 0; i < slots.length; i++) {
        const { name, values } = slots[i];
        const value = givenValue(given, name, values.length);
        if (typeof value === 'number') values[0] = value;
        else for (let k = 0; k < values.length; k++) values[k] = value[k]; // faster than `set`, which converts slowly
      }
      runKernels();
      return results;
    },
    // Everything that it holds is garbage as soon as the program is.
    dispose() {},
  };
}

/** Whether this machine runs vector code, plain or relaxed. */
function runs(kind: 'plain' | 'relaxed'): boolean {
  const code = new Code([], kind === 'relaxed');
  const sum = code.local(v128);
  code.f32(1).f32(1);
  code.multiplyAdd(() => code.f32(1)).set(sum);
  const module = new ModuleWriter();
  module.add(code);
  return WebAssembly.validate(module.bytes());
}

/**
 * Opens the device: 'plain', the same bits on every machine, or 'relaxed', which fuses products with sums
 * where the machine can, so that last bits may differ between machines. Rejects with a sentence that says
 * what this machine lacks.
 */
export async function wasmDevice(kind: 'plain' | 'relaxed'): Promise<Device> {
  const name = kind === 'plain' ? 'wasm' : 'wasm-relaxed';
  if (typeof WebAssembly === 'undefined' || !runs(kind)) {
    throw new Error(`${name}: WebAssembly${kind === 'plain' ? '' : ' relaxed'} SIMD is not available here`);
  }
  return {
    name,
    precision: 'float32',
    compile: (outputs) => compile(outputs, kind === 'relaxed'),
    normals: openNormals(),
  };
}
