/** From expressions to a plan: the kernels of a program in order, and the buffers between them. */
import { type Expr, type Shape, sizeOf } from '../../expr/index.ts';
import { inputShapes, planOf } from '../plan.ts';
import { isConvolution, productsOf } from './convolution.ts';
import { type Group, groupsOf } from './groups.ts';
import { type Item, itemsOf } from './items.ts';
import { Operands } from './operands.ts';
import type { Buffer, Kernel, Plan, Sink, View } from './plan.ts';
import { broadcastStrides } from './readings.ts';
import { rewrite } from './rewrite.ts';

/** The plan of a program, and the inputs that it asks for. */
export function planFor(outputs: Readonly<Record<string, Expr>>) {
  const source = planOf(outputs);
  const names = [...source.results.keys()];
  const best = rewrite([...source.results.values()]);
  return { plan: lower(new Map(names.map((name, at) => [name, best[at]]))), inputs: inputShapes(source) };
}

function lower(outputs: ReadonlyMap<string, Expr>): Plan {
  const items = itemsOf(outputs);
  const { storage } = items;
  const { groups, readFromMemory } = groupsOf(items);
  const kernels: Kernel[] = [];
  const operands = new Operands((kernel) => kernels.push(kernel));

  const buffers = new Map<Expr, Buffer>();
  const constants: { values: Float64Array; count: number; buffer: Buffer }[] = [];
  const bufferOf = (node: Expr): Buffer => {
    const known = buffers.get(node);
    if (known) return known;
    const count = sizeOf(node.shape);
    const buffer: Buffer = { bytes: 4 * count, lasting: node.inputs.length === 0, address: 0 };
    buffers.set(node, buffer);
    if (node.values) constants.push({ values: node.values, count, buffer });
    return buffer;
  };
  const viewOf = (leaf: Expr): View => {
    const { of, offset, strides } = storage.reading(leaf);
    return { buffer: bufferOf(of), offset, strides };
  };
  /** Leaves as elements of a kernel's shape. */
  const spread = (leaves: Iterable<Expr>, shape: Shape) =>
    new Map(
      [...leaves].map((leaf): [Expr, View] => {
        const view = viewOf(leaf);
        return [leaf, { ...view, strides: broadcastStrides(leaf.shape, view.strides, shape) }];
      }),
    );
  const sinkOf = ({ value, to, offset, strides, stores }: Item): Sink[] => {
    if ('result' in to) return [{ value, to: { buffer: to.result, offset, strides }, precision: 'float64' }];
    if (stores && !readFromMemory.has(stores)) return [];
    return [{ value, to: { buffer: bufferOf(to.node), offset, strides }, precision: 'float32' }];
  };

  const kernelsOf = ({ items: members }: Group): readonly Kernel[] => {
    const [{ kind, value, shape, leaves: read }] = members;
    if (kind === 'reduction') {
      const [from] = value.inputs;
      return [
        {
          kind,
          operation: value.operation.name as 'sum' | 'max',
          shape: from.shape,
          axes: value.attributes.axes as readonly number[],
          value: from,
          leaves: spread(read, from.shape),
          to: viewOf(value),
        },
      ];
    }
    const made = new Set(members.map((item) => item.stores));
    const loops = members.filter((item) => item.kind === 'loop');
    const leaves = spread(
      new Set(loops.flatMap((item) => item.leaves).filter((leaf) => !made.has(leaf))),
      shape,
    );
    const sinks = members.flatMap(sinkOf);
    if (kind === 'loop') return [{ kind, shape, leaves, sinks }];
    const [left, right] = value.inputs.map(viewOf);
    if (!isConvolution(value)) return [operands.kernel(value, left, right, leaves, sinks)];
    return productsOf(value, [left, right], leaves, sinks).flatMap((product) =>
      value.operation.name === 'conv2dFilter' ? operands.gathered(product) : operands.windows(product),
    );
  };
  // What arranges its operands comes before a kernel.
  for (const group of groups) kernels.push(...kernelsOf(group));

  const inputs = items.inputs.map((node) => ({
    name: node.attributes.name as string,
    shape: node.shape,
    staged: bufferOf(node),
  }));
  return { kernels, inputs, constants, results: items.results };
}
