/** Rewrites expressions with some of their nodes replaced by others. */
import { apply, type Expr, inOrder } from './expr.ts';
import { ShapeError, sameShape } from './shape.ts';

/** The outputs with every node that is a key of `replacements` replaced, wherever it is used. */
export function substitute(outputs: readonly Expr[], replacements: ReadonlyMap<Expr, Expr>): Expr[] {
  for (const [node, replacement] of replacements) {
    if (!sameShape(node.shape, replacement.shape)) {
      throw new ShapeError('substitute', [node.shape, replacement.shape], 'a replacement of the same shape');
    }
  }
  const written = new Map<Expr, Expr>(replacements);
  for (const node of inOrder(outputs)) {
    if (written.has(node)) continue;
    const inputs = node.inputs.map((input) => written.get(input) as Expr);
    const same = inputs.every((input, i) => input === node.inputs[i]);
    written.set(node, same ? node : apply(node.operation, inputs, node.attributes));
  }
  return outputs.map((output) => written.get(output) as Expr);
}
