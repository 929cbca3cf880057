/** Derivatives: expressions in, expressions out, to any order. */
import * as build from './build.ts';
import { type Expr, inOrder } from './expr.ts';
import { ShapeError, sameShape } from './shape.ts';

/**
 * The vector-Jacobian product: for each input, the sum over outputs of (d output / d input)' cotangent.
 *
 * `inputs` may be any nodes but constants, not only named inputs. Where one feeds another, the paths
 * through that other one count as well (a total derivative). Cotangents have the outputs' shapes.
 */
export function vjp(outputs: readonly Expr[], inputs: readonly Expr[], cotangents: readonly Expr[]): Expr[] {
  checkNoConstants('vjp', inputs);
  checkCount('vjp', 'cotangents', outputs, cotangents);
  outputs.forEach((output, i) => {
    if (!sameShape(output.shape, cotangents[i].shape)) {
      throw new ShapeError(
        'vjp',
        [output.shape, cotangents[i].shape],
        'a cotangent of the shape of its output',
      );
    }
  });
  const wanted = new Set(inputs);
  const order = inOrder(outputs);
  const leadsToInput = new Set<Expr>();
  for (const node of order) {
    if (wanted.has(node) || node.inputs.some((input) => leadsToInput.has(input))) leadsToInput.add(node);
  }
  const collected = new Map<Expr, Expr>();
  const collect = (node: Expr, cotangent: Expr) => {
    const before = collected.get(node);
    collected.set(node, before ? build.add(before, cotangent) : cotangent);
  };
  outputs.forEach((output, i) => {
    if (leadsToInput.has(output)) collect(output, cotangents[i]);
  });
  for (let i = order.length - 1; i >= 0; i--) {
    const node = order[i];
    const cotangent = collected.get(node);
    if (!cotangent || node.inputs.length === 0) continue;
    if (!node.inputs.some((input) => leadsToInput.has(input))) continue;
    const parts = node.operation.derive(node, cotangent, build);
    node.inputs.forEach((input, at) => {
      const part = parts[at];
      if (part && leadsToInput.has(input)) collect(input, part);
    });
  }
  return inputs.map((input) => collected.get(input) ?? build.constant(0, input.shape));
}

/** The gradient of a scalar by each input; zeros where it does not depend on it. */
export function grad(loss: Expr, inputs: readonly Expr[]): Expr[] {
  if (loss.shape.length > 0) throw new ShapeError('grad', [loss.shape], 'a scalar loss');
  return vjp([loss], inputs, [build.constant(1)]);
}

/**
 * The Jacobian-vector product: for each output, the sum over inputs of (d output / d input) direction.
 *
 * The vector-Jacobian product is linear in its cotangent u; the derivative of <vjp(u), direction> by u is
 * the forward product, whatever u is. So every operation needs one derivative rule only.
 */
export function jvp(outputs: readonly Expr[], inputs: readonly Expr[], directions: readonly Expr[]): Expr[] {
  checkNoConstants('jvp', inputs);
  checkCount('jvp', 'directions', inputs, directions);
  inputs.forEach((input, i) => {
    if (!sameShape(input.shape, directions[i].shape)) {
      throw new ShapeError(
        'jvp',
        [input.shape, directions[i].shape],
        'a direction of the shape of its input',
      );
    }
  });
  const cotangents = outputs.map((output, i) => build.input(`cotangent ${i}`, output.shape));
  return vjp(vjp(outputs, inputs, cotangents), cotangents, directions);
}

/** Equal constants may or may not be the same node, so that a derivative by one would depend on chance. */
function checkNoConstants(name: string, inputs: readonly Expr[]): void {
  const at = inputs.findIndex((input) => input.values && input.values.length > 0);
  if (at >= 0)
    throw new Error(`${name}: input ${at} is a constant; a derivative is taken by what can change`);
}

function checkCount(name: string, what: string, nodes: readonly Expr[], given: readonly Expr[]): void {
  if (nodes.length === given.length) return;
  throw new Error(`${name}: got ${given.length} ${what} for ${nodes.length} nodes; expected one for each`);
}
