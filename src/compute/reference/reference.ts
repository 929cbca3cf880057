/** The reference device: float64, plain loops, one after the other. The oracle, and the home of analytic games. */
import { type Expr, type Kernel, sizeOf } from '../../expr/index.ts';
import { inputShapes, planOf } from '../plan.ts';
import { type Device, type Given, givenValue, type Program, type Results } from '../program.ts';

interface Step {
  readonly kernel: Kernel;
  readonly inputs: readonly Float64Array[];
  readonly out: Float64Array;
}

/** Buffers by lifetime: a buffer whose last reader has run serves the next node of its size. */
class Buffers {
  private readonly free = new Map<number, Float64Array[]>();
  take(size: number): Float64Array {
    return this.free.get(size)?.pop() ?? new Float64Array(size);
  }
  release(buffer: Float64Array): void {
    const list = this.free.get(buffer.length);
    if (list) list.push(buffer);
    else this.free.set(buffer.length, [buffer]);
  }
}

function compile<Name extends string>(outputs: Readonly<Record<Name, Expr>>): Program<Name> {
  const plan = planOf(outputs);
  const buffers = new Buffers();
  const place = new Map<Expr, Float64Array>();
  const placeOf = (node: Expr) => place.get(node) as Float64Array;

  for (const node of [...plan.inputs.values(), ...plan.constants]) {
    place.set(node, new Float64Array(sizeOf(node.shape)));
  }
  for (const node of plan.constants) node.operation.kernel(node)([], placeOf(node));
  const steps = plan.steps.map(({ node, done }): Step => {
    const out = buffers.take(sizeOf(node.shape));
    place.set(node, out);
    for (const input of done) buffers.release(placeOf(input));
    return { kernel: node.operation.kernel(node), inputs: node.inputs.map(placeOf), out };
  });
  const slots = [...plan.inputs].map(([name, node]) => ({ name, values: placeOf(node) }));
  // A result may be an input itself, or the same node twice: each name gets its own array.
  const taken = [...plan.results].map(([name, node]) => ({
    name,
    from: placeOf(node),
    into: new Float64Array(sizeOf(node.shape)),
  }));
  const results = Object.fromEntries(taken.map(({ name, into }) => [name, into])) as Results<Name>;

  return {
    inputs: inputShapes(plan),
    run(given: Given) {
      for (const { name, values } of slots) {
        const value = givenValue(given, name, values.length);
        if (typeof value === 'number') values[0] = value;
        else values.set(value);
      }
      for (const { kernel, inputs, out } of steps) kernel(inputs, out);
      for (const { from, into } of taken) into.set(from);
      return results;
    },
    dispose() {},
  };
}

export const reference: Device = { name: 'reference', precision: 'float64', compile };
