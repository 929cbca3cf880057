/**
 * Makes expressions cheaper before they are compiled: no repeated rearrangements, no needless signs.
 *
 * What comes out has the same value for finite numbers, up to rounding and the sign of zero, and is meant
 * to be run: its rules look through nodes, so it no longer depends on those that a derivative may be asked
 * by. Differentiate first.
 */
import * as build from './build.ts';
import { apply, type Expr, inOrder } from './expr.ts';

/** Node -> its simplest equal. Kept as long as the node lives: expressions share most of their parts. */
const simplest = new WeakMap<Expr, Expr>();

export function simplify(outputs: readonly Expr[]): Expr[] {
  for (const node of inOrder(outputs, (node) => simplest.has(node))) {
    const result = simplified(node);
    simplest.set(node, result);
    simplest.set(result, result);
  }
  return outputs.map((output) => simplest.get(output) as Expr);
}

/** The simplest equal of a node whose inputs have been simplified. */
function simplified(node: Expr): Expr {
  const inputs = node.inputs.map((input) => simplest.get(input) as Expr);
  const changed = inputs.some((input, i) => input !== node.inputs[i]);
  if (changed) return simplify([apply(node.operation, inputs, node.attributes)])[0];
  const simpler = node.operation.simplify?.(node, build);
  return simpler ? simplify([simpler])[0] : node;
}
