/** The value of an expression as it stands, node by node, without simplifying or planning. */
import { type Expr, inOrder, sizeOf } from '../../src/expr/index.ts';

export function evaluate(output: Expr, given: Readonly<Record<string, Float64Array>>): Float64Array {
  const values = new Map<Expr, Float64Array>();
  for (const node of inOrder([output])) {
    const value = new Float64Array(sizeOf(node.shape));
    if (node.operation.name === 'input') value.set(given[node.attributes.name as string]);
    else
      node.operation.kernel(node)(
        node.inputs.map((input) => values.get(input)!),
        value,
      );
    values.set(node, value);
  }
  return values.get(output)!;
}
