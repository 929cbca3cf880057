/** Functions of a script as operations: parts of an expression that are printed as a call. */
import { build, type Expr, inOrder, type Operation } from '../expr/index.ts';

/** A function of the script, as an operation: never differentiated, never run here. */
export const functionOf = (name: string, shape: Operation['shape']): Operation => ({
  name: `call ${name}`,
  shape,
  derive: () => [],
  kernel: () => () => {
    throw new Error('a call is only printed');
  },
});

const detach = functionOf('detach', ([x]) => x);
const softmax = functionOf('softmax', ([x]) => x);
const logSoftmax = functionOf('log_softmax', ([x]) => x);

/** Outputs with every softmax as a call of one. */
export function withSoftmax(outputs: readonly Expr[]): Expr[] {
  const found = new Map<Expr, { operation: Operation; inputs: readonly Expr[] }>();
  for (const node of inOrder(outputs)) {
    if (node.operation.name !== 'stopGradient' || node.inputs[0].operation.name !== 'max') continue;
    const [x] = node.inputs[0].inputs;
    found.set(build.softmax(x), { operation: softmax, inputs: [x] });
    found.set(build.logSoftmax(x), { operation: logSoftmax, inputs: [x] });
  }
  return rewritten(outputs, (node) => found.get(node));
}

/** Outputs with some nodes made of other operations and inputs. */
export function rewritten(
  outputs: readonly Expr[],
  rewrite: (node: Expr) => { operation: Operation; inputs: readonly Expr[] } | undefined,
): Expr[] {
  const written = new Map<Expr, Expr>();
  for (const node of inOrder(outputs)) {
    const other = rewrite(node);
    const inputs = (other?.inputs ?? node.inputs).map((input) => written.get(input) as Expr);
    const isSame = !other && inputs.every((input, i) => input === node.inputs[i]);
    const operation = other?.operation ?? node.operation;
    written.set(node, isSame ? node : build.apply(operation, inputs, other ? {} : node.attributes));
  }
  return outputs.map((output) => written.get(output) as Expr);
}

/** What autograd must not see through: simplification, meant for what is differentiated already, would drop it. */
export const held = (outputs: readonly Expr[]): Expr[] =>
  rewritten(outputs, ({ operation, inputs }) =>
    operation.name === 'stopGradient' ? { operation: detach, inputs } : undefined,
  );
