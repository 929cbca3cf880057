/** The reference device: float64, plain loops, one after the other. The oracle, and the home of analytic games. */
import { type Expr, inOrder, type Kernel, sizeOf } from '../../expr/index.ts';
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
  const names = Object.keys(outputs) as Name[];
  const roots = names.map((name) => outputs[name]);
  const order = inOrder(roots);
  const lastReader = new Map<Expr, number>();
  order.forEach((node, at) => {
    for (const input of node.inputs) lastReader.set(input, at);
  });
  for (const root of roots) lastReader.set(root, Number.POSITIVE_INFINITY);

  const buffers = new Buffers();
  const place = new Map<Expr, Float64Array>();
  const inputs = new Map<string, Expr>();
  const steps: Step[] = [];
  order.forEach((node, at) => {
    const size = sizeOf(node.shape);
    const isSource = node.inputs.length === 0;
    const out = isSource ? new Float64Array(size) : buffers.take(size);
    place.set(node, out);
    if (node.operation.name === 'input') {
      const name = node.attributes.name as string;
      const known = inputs.get(name);
      if (known && known !== node)
        throw new Error(`program input "${name}" is declared by two different nodes`);
      inputs.set(name, node);
    } else if (isSource) {
      node.operation.kernel(node)([], out);
    } else {
      const given = node.inputs.map((input) => place.get(input) as Float64Array);
      steps.push({ kernel: node.operation.kernel(node), inputs: given, out });
      for (const input of new Set(node.inputs)) {
        const dies = lastReader.get(input) === at && input.inputs.length > 0;
        if (dies) buffers.release(place.get(input) as Float64Array);
      }
    }
  });

  const slots = [...inputs].map(([name, node]) => ({ name, values: place.get(node) as Float64Array }));
  // A result may be an input itself, or the same node twice: each name gets its own array.
  const results = Object.fromEntries(
    names.map((name) => [name, new Float64Array(sizeOf(outputs[name].shape))]),
  ) as Results<Name>;
  const taken = names.map((name) => ({
    from: place.get(outputs[name]) as Float64Array,
    into: results[name],
  }));

  return {
    inputs: new Map([...inputs].map(([name, node]) => [name, node.shape])),
    run(given: Given) {
      for (const slot of slots) {
        const value = givenValue(given, slot.name, slot.values.length);
        if (typeof value === 'number') slot.values[0] = value;
        else slot.values.set(value);
      }
      for (const step of steps) step.kernel(step.inputs, step.out);
      for (const { from, into } of taken) into.set(from);
      return results;
    },
    dispose() {},
  };
}

export const reference: Device = { name: 'reference', precision: 'float64', compile };
