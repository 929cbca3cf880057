/** Convolutions as kernels: the products that they fall into, each over its part of the result. */
import type { Expr } from '../../expr/index.ts';
import type { AnyProduct, Sink, View } from './plan.ts';

/** Whether a node is computed as products of matrices that nobody makes. */
export const isConvolution = ({ operation }: Expr): boolean => operation.asProducts !== undefined;

/** The products that a node falls into, given views of its operands and what is made of it, over its shape. */
export function productsOf(
  node: Expr,
  operands: readonly [View, View],
  leaves: ReadonlyMap<Expr, View>,
  sinks: readonly Sink[],
): AnyProduct[] {
  const products = node.operation.asProducts?.products(node, operands) ?? [];
  return products.map(({ part, ...product }) => {
    // The part of the result that this product makes: of a phase of two axes.
    const within = (view: View): View => {
      if (!part) return view;
      const [count, down, across, channels] = view.strides;
      const { offset, stride } = part;
      return {
        buffer: view.buffer,
        offset: view.offset + offset[0] * down + offset[1] * across,
        strides: [count, stride[0] * down, stride[1] * across, channels],
      };
    };
    return {
      ...product,
      a: { ...product.a, buffer: operands[0].buffer },
      b: { ...product.b, buffer: operands[1].buffer },
      product: node,
      leaves: new Map([...leaves].map(([leaf, view]) => [leaf, within(view)])),
      sinks: sinks.map((sink) => ({ ...sink, to: within(sink.to) })),
    };
  });
}
