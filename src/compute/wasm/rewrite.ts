/**
 * Expressions as this device computes them best: the same values up to rounding, from fewer products and
 * fewer values that must be kept.
 */
import { build, type Expr, inOrder, sizeOf } from '../../expr/index.ts';

export function rewrite(outputs: readonly Expr[]): Expr[] {
  return rebuilt(shareScaledRows(stepsOfRelu(joinPads(outputs))), (node, inputs) =>
    node.operation.asProducts?.padded(node, inputs, build),
  );
}

/** The outputs with every node made again of what its inputs became, by `remake` where that answers. */
function rebuilt(
  outputs: readonly Expr[],
  remake: (node: Expr, inputs: readonly Expr[]) => Expr | undefined,
): Expr[] {
  const made = new Map<Expr, Expr>();
  for (const node of inOrder(outputs)) {
    const inputs = node.inputs.map((input) => made.get(input) as Expr);
    const isSame = inputs.every((input, at) => input === node.inputs[at]);
    const result =
      remake(node, inputs) ?? (isSame ? node : build.apply(node.operation, inputs, node.attributes));
    made.set(node, result);
  }
  return outputs.map((output) => made.get(output) as Expr);
}

interface Segment {
  readonly begin: number;
  readonly part: Expr;
}

/** A sum of vectors that are zero but for parts of their own is those parts, one after the other. */
function joinPads(outputs: readonly Expr[]): Expr[] {
  const segmentsOf = new Map<Expr, readonly Segment[]>();
  return rebuilt(outputs, (node, inputs) => {
    if (node.shape.length !== 1) return undefined;
    if (node.operation.name === 'pad') {
      const [begin] = node.attributes.begin as readonly number[];
      const padded = build.apply(node.operation, inputs, node.attributes);
      segmentsOf.set(padded, [{ begin, part: inputs[0] }]);
      return padded;
    }
    if (node.operation.name !== 'add') return undefined;
    const [a, b] = inputs.map((input) => segmentsOf.get(input));
    if (!a || !b) return undefined;
    const segments = [...a, ...b].sort((one, other) => one.begin - other.begin);
    const parts: Expr[] = [];
    let at = 0;
    for (const { begin, part } of segments) {
      if (begin < at) return undefined; // they overlap
      if (begin > at) parts.push(build.constant(0, [begin - at]));
      parts.push(part);
      at = begin + sizeOf(part.shape);
    }
    if (at < node.shape[0]) parts.push(build.constant(0, [node.shape[0] - at]));
    const joined = build.concat(parts);
    segmentsOf.set(joined, segments);
    return joined;
  });
}

/** The slope of relu, read from its result, which is kept anyway: step(x) = step(relu(x)). */
function stepsOfRelu(outputs: readonly Expr[]): Expr[] {
  const reluOf = new Map<Expr, Expr>();
  for (const node of inOrder(outputs)) if (node.operation.name === 'relu') reluOf.set(node.inputs[0], node);
  return rebuilt(outputs, (node, inputs) => {
    const relu = node.operation.name === 'step' ? reluOf.get(node.inputs[0]) : undefined;
    return relu && build.step(build.relu(inputs[0]));
  });
}

/** A matrix as diag(scale) base: `scale` of shape [rows, 1], `base` of the matrix's shape or a single row. */
interface Scaled {
  readonly scale: Expr;
  readonly base: Expr;
  /** The input that brought the scale along; undefined where it begins. */
  readonly from?: Expr;
}

/**
 * How a node scales the rows of something, if it does. Scales begin in products of a column and a row, which
 * is how the score, one number a sample, passes its cotangent back; they pass through masks and through
 * products with weights: (diag(c) X) W = diag(c) (X W).
 */
function scaledRows(
  node: Expr,
  inputs: readonly Expr[],
  of: (input: Expr) => Scaled | undefined,
): Scaled | undefined {
  if (node.shape.length !== 2 || node.shape[0] < 2 || node.shape[1] < 2) return undefined;
  const columns = node.shape[1];
  const scaledAt = (at: number): (Scaled & { from: Expr }) | undefined => {
    const known = of(node.inputs[at]);
    return known && { ...known, from: node.inputs[at] };
  };
  switch (node.operation.name) {
    case 'matmul': {
      const [a, b] = inputs;
      const { transposeA, transposeB } = node.attributes;
      if (transposeA) return undefined;
      if (a.shape[1] === 1) return { scale: a, base: build.reshape(b, [1, columns]) };
      const left = scaledAt(0);
      return left && { ...left, base: build.matmul(left.base, b, false, transposeB === true) };
    }
    case 'mul': {
      const at = scaledAt(0) ? 0 : 1;
      const one = scaledAt(at);
      if (!one) return undefined;
      const other = inputs[1 - at];
      const isColumn = other.shape.length === 0 || (other.shape.length === 2 && other.shape[1] === 1);
      if (isColumn) return { ...one, scale: build.mul(one.scale, other) };
      if (other.shape.length > 2) return undefined;
      return { ...one, base: build.mul(one.base, other) };
    }
    case 'neg': {
      const one = scaledAt(0);
      return one && { ...one, scale: build.neg(one.scale) };
    }
    default:
      return undefined;
  }
}

/**
 * Where several matrices are one matrix with its rows scaled differently, that one is computed once: the
 * reverse pass through the discriminator with cotangent 1 serves both players' losses.
 */
function shareScaledRows(outputs: readonly Expr[]): Expr[] {
  const order = inOrder(outputs);
  const known = new Map<Expr, Scaled>();
  const products = new Map<Expr, Expr[]>(); // base -> the products that are its rows, scaled
  for (const node of order) {
    const scaled = scaledRows(node, node.inputs, (input) => known.get(input));
    if (!scaled) continue;
    known.set(node, scaled);
    if (node.operation.name !== 'matmul' || !scaled.from) continue;
    const others = products.get(scaled.base);
    if (others) others.push(node);
    else products.set(scaled.base, [node]);
  }
  const chosen = new Set<Expr>();
  for (const nodes of products.values()) {
    if (nodes.length < 2) continue;
    for (const node of nodes) {
      for (let at: Expr | undefined = node; at && !chosen.has(at); at = known.get(at)?.from) chosen.add(at);
    }
  }
  if (chosen.size === 0) return [...outputs];
  // The scale is carried on through the next product, and applied to its result.
  const carries = new Set(chosen);
  for (const node of order) {
    const from = known.get(node)?.from;
    if (!from || !carries.has(from)) continue;
    chosen.add(node);
    if (node.operation.name !== 'matmul') carries.add(node);
  }
  const remade = new Map<Expr, Scaled>();
  return rebuilt(outputs, (node, inputs) => {
    if (!chosen.has(node)) return undefined;
    const scaled = scaledRows(node, inputs, (input) => remade.get(input)) as Scaled;
    remade.set(node, scaled);
    return build.mul(build.broadcast(scaled.base, node.shape), scaled.scale);
  });
}
