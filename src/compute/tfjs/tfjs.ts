/**
 * The TensorFlow.js devices: expressions run as kernels of its CPU or WebGL backend, in float32.
 *
 * tfjs executes and never differentiates: several of its own gradients have a silently wrong second
 * derivative (tensorflow/tfjs#3252). Kernels are called on the backend itself, without its engine: no tape,
 * no scopes, no epsilon of its own. Every tensor made here is released here.
 *
 * Where its numbers are not those of IEEE 754 or the reference: the sign of NaN is 0. On WebGL a / b is 1
 * wherever a == b, infinities and zeros included; relu of -Infinity is NaN, softplus of NaN may be Infinity;
 * softplus is right to 1e-7 in absolute terms only (below -14 it comes in steps), sin and cos to what the
 * graphics card gives (2^-11 is allowed); numbers below 2^-126 may count as 0.
 */
import {
  enableProdMode,
  env,
  findBackend,
  findBackendFactory,
  getKernel,
  type KernelBackend,
  registerBackend,
  removeBackend,
  setBackend,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { type Expr, type Shape, sizeOf } from '../../expr/index.ts';
import { inputShapes, planOf } from '../plan.ts';
import { type Device, type Given, givenValue, type Program, type Results } from '../program.ts';
import { type Loss, type WebglBackend, watchForLoss } from './loss.ts';
import { type Kernels, lower } from './lowering.ts';

export type TfjsBackend = 'cpu' | 'webgl';

/** What both backends offer, and the type of kernels in general does not. */
type Backend = KernelBackend & {
  makeTensorInfo(shape: number[], dtype: 'float32', values: Float32Array): TensorInfo;
};

/** Opens a device. Rejects with a sentence that says what this machine lacks. */
export async function tfjsDevice(name: TfjsBackend): Promise<Device> {
  enableProdMode(); // no advice to Node users, and no checks that we have made already
  if (name === 'cpu') {
    await import('@tensorflow/tfjs-backend-cpu');
  } else {
    if (!hasWebgl()) throw new Error('tfjs-webgl: WebGL 2 is not available here');
    await import('@tensorflow/tfjs-backend-webgl');
    if (!env().getBool('WEBGL_RENDER_FLOAT32_ENABLED')) {
      throw new Error('tfjs-webgl: this graphics card does not draw 32-bit floats');
    }
  }
  if (name === 'webgl') forgetLostBackend();
  if (!(await setBackend(name))) throw new Error(`tfjs-${name}: the backend did not start`);
  const backend = findBackend(name) as Backend;
  const loss = name === 'webgl' ? lossOf(backend as unknown as WebglBackend) : undefined;
  return {
    name: `tfjs-${name}`,
    precision: 'float32',
    productsTogether: PRODUCTS_TOGETHER,
    get isLost() {
      return loss?.isLost;
    },
    ...(loss && { askIfLost: loss.ask }),
    compile: (outputs) => compile(outputs, name, backend, loss),
  };
}

/** What is known of a backend's context: one watch for each. */
const watched = new WeakMap<WebglBackend, Loss>();

function lossOf(backend: WebglBackend): Loss {
  const loss = watched.get(backend) ?? watchForLoss(backend);
  watched.set(backend, loss);
  return loss;
}

/** A context that was lost never has its textures and programs again: the next one is begun with nothing. */
function forgetLostBackend(): void {
  const backend = findBackend('webgl') as unknown as WebglBackend | null;
  if (!backend || !lossOf(backend).isLost) return;
  const open = findBackendFactory('webgl');
  removeBackend('webgl');
  registerBackend('webgl', open);
}

/**
 * Products that share what they have in common, and one reading back: most of a kernel's time is its dispatch, and
 * a graphics card is waited for once.
 */
const PRODUCTS_TOGETHER = 8;

function hasWebgl(): boolean {
  if (typeof OffscreenCanvas === 'undefined') return false;
  const context = new OffscreenCanvas(1, 1).getContext('webgl2');
  context?.getExtension('WEBGL_lose_context')?.loseContext(); // browsers allow a few contexts only
  return context !== null;
}

function compile<Name extends string>(
  outputs: Readonly<Record<Name, Expr>>,
  name: TfjsBackend,
  backend: Backend,
  loss: Loss | undefined,
): Program<Name> {
  const upload = (shape: Shape, values: Float32Array) =>
    backend.makeTensorInfo([...shape], 'float32', values);
  const release = ({ dataId }: TensorInfo) => {
    backend.disposeData(dataId);
  };
  const kernels: Kernels = {
    run(kernel, inputs, attrs = {}) {
      const known = getKernel(kernel, name);
      if (!known) throw new Error(`tfjs-${name} has no kernel ${kernel}`);
      return known.kernelFunc({ inputs, attrs, backend } as never) as TensorInfo;
    },
    release,
    inPairs: name === 'webgl',
  };

  const plan = planOf(outputs);
  const constants = new Map(
    plan.constants.map((node) => {
      const values = new Float64Array(sizeOf(node.shape));
      node.operation.kernel(node)([], values);
      return [node, upload(node.shape, Float32Array.from(values))];
    }),
  );
  const slots = [...plan.inputs].map(([name, node]) => {
    return { name, node, values: new Float32Array(sizeOf(node.shape)) };
  });
  const steps = plan.steps.map((step) => ({ ...step, compute: lower(step.node, kernels) }));
  const taken = [...plan.results].map(([name, node]) => {
    return { name, node, into: new Float64Array(sizeOf(node.shape)) };
  });
  const results = Object.fromEntries(taken.map(({ name, into }) => [name, into])) as Results<Name>;

  return {
    inputs: inputShapes(plan),
    run(given: Given) {
      /** What this run has made and not yet released. */
      const held = new Map<Expr, TensorInfo>();
      const tensorOf = (node: Expr) => (held.get(node) ?? constants.get(node)) as TensorInfo;
      try {
        for (const { name, node, values } of slots) {
          const value = givenValue(given, name, values.length);
          if (typeof value === 'number') values[0] = value;
          else values.set(value);
          held.set(node, upload(node.shape, values));
        }
        for (const { node, compute, done } of steps) {
          held.set(node, compute(node.inputs.map(tensorOf)));
          for (const input of done) {
            release(tensorOf(input));
            held.delete(input);
          }
        }
        for (const { node, into } of taken) {
          into.set(backend.readSync(tensorOf(node).dataId) as Float32Array);
        }
        loss?.check(taken.map(({ into }) => into));
      } catch (error) {
        loss?.check([]); // what a lost card makes of its orders says nothing to anybody
        throw error;
      } finally {
        for (const tensor of held.values()) release(tensor);
      }
      return results;
    },
    dispose() {
      for (const tensor of constants.values()) release(tensor);
      constants.clear();
    },
  };
}
