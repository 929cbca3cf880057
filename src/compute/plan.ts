/** The order in which a program computes its nodes, and when each value has been read for the last time. */
import { type Expr, inOrder, simplify } from '../expr/index.ts';

export interface Plan<Name extends string> {
  /** The inputs of the program, by name. */
  readonly inputs: ReadonlyMap<string, Expr>;
  readonly constants: readonly Expr[];
  /** What is computed, in order; after each, the computed nodes that nobody reads any more. */
  readonly steps: readonly { readonly node: Expr; readonly done: readonly Expr[] }[];
  /** The node of each result: it may be an input or a constant, and two results may be the same node. */
  readonly results: ReadonlyMap<Name, Expr>;
}

/** A plan for the outputs, simplified. Throws if two different inputs have one name. */
export function planOf<Name extends string>(outputs: Readonly<Record<Name, Expr>>): Plan<Name> {
  const names = Object.keys(outputs) as Name[];
  const roots = simplify(names.map((name) => outputs[name]));
  const inputs = new Map<string, Expr>();
  const constants: Expr[] = [];
  const computed: Expr[] = [];
  for (const node of inOrder(roots)) {
    if (node.inputs.length > 0) {
      computed.push(node);
    } else if (node.values) {
      constants.push(node);
    } else {
      const name = node.attributes.name as string;
      if (inputs.has(name)) throw new Error(`program input "${name}" is declared by two different nodes`);
      inputs.set(name, node);
    }
  }
  const lastReader = new Map<Expr, Expr>();
  for (const node of computed) for (const input of node.inputs) lastReader.set(input, node);
  const kept = new Set(roots);
  const steps = computed.map((node) => {
    const mayEnd = [...new Set(node.inputs)].filter((input) => input.inputs.length > 0 && !kept.has(input));
    return { node, done: mayEnd.filter((input) => lastReader.get(input) === node) };
  });
  return { inputs, constants, steps, results: new Map(names.map((name, i) => [name, roots[i]])) };
}

/** The names and shapes of a plan's inputs, as a program shows them. */
export function inputShapes(plan: Plan<string>): ReadonlyMap<string, Expr['shape']> {
  return new Map([...plan.inputs].map(([name, node]) => [name, node.shape]));
}
