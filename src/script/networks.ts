/** Networks as functions of Python, so that losses read as they do in papers; and names for what they pass on. */
import type { Script } from '../catalog/stage.ts';
import { build, type Expr, grad, inOrder } from '../expr/index.ts';
import { functionOf, rewritten } from './calls.ts';
import { definition } from './words.ts';

export type Write = (
  outputs: readonly Expr[],
  names?: ReadonlyMap<Expr, string>,
  hints?: ReadonlyMap<Expr, string>,
) => { lines: readonly string[]; results: readonly string[] };

export interface Networks {
  readonly latentSize: number;
  readonly dimension: number;
  generate(latent: Expr): Expr;
  readonly fake: Expr;
  score(positions: Expr): Expr;
}

export interface Means {
  readonly write: Write;
  readonly tidy: (outputs: readonly Expr[]) => Expr[];
  readonly leaves: ReadonlyMap<Expr, string>;
  readonly isTorch: boolean;
}

/** The networks as functions, and the losses in which they are called. */
export function networkFunctions(
  script: Script,
  networks: Networks,
  { write, tidy, leaves, isTorch }: Means,
) {
  const outputs = [...script.model.losses];
  if (script.model.accuracy) outputs.push(script.model.accuracy);
  const nodes = inOrder(outputs);
  const present = new Set(nodes);
  const slopeAt = (x: Expr) => grad(build.sum(networks.score(x)), [x])[0];
  const operations = {
    generate: functionOf('generate', ([[rows]]) => [rows, networks.dimension]),
    score: functionOf('score', ([[rows]]) => [rows]),
    slope: functionOf('slope', ([x]) => x),
  };
  type Name = keyof typeof operations;
  /** What a function makes of some input, where the losses need that. */
  const found = new Map<Expr, { name: Name; input: Expr }>();
  const note = (name: Name, input: Expr, node: Expr) => {
    if (!present.has(node)) return false;
    found.set(node, { name, input });
    return true;
  };
  for (const x of nodes) {
    if (x.shape.length !== 2 || x.values) continue;
    if (leaves.get(x) === 'batch.latent') note('generate', x, networks.generate(x));
    if (x.shape[1] !== networks.dimension) continue;
    note('score', x, networks.score(x));
    // A slope is there without the score, of which it needs all but the last layer.
    note('slope', x, slopeAt(x));
  }
  const has = (name: Name) => [...found.values()].some((call) => call.name === name);

  const rows = networks.fake.shape[0];
  const body = (
    name: Name,
    called: string,
    of: string,
    what: string,
    make: (x: Expr) => Expr,
    width: number,
  ) => {
    const input = build.input(called, [rows, width]);
    const outputs = tidy([make(input)]);
    const { lines, results } = write(outputs, new Map([...leaves, [input, called]]), layerNames(outputs[0]));
    // The same of as many samples as come.
    const anyRows = (line: string) => withoutShape(line).replaceAll(`.reshape(${rows}, `, '.reshape(-1, ');
    return definition(name, `${called}, ${of}`, what, lines.map(anyRows), anyRows(results[0]));
  };
  const { latentSize, dimension } = networks;
  const slopeWhat = 'The gradient of the score by the position, for each sample';
  const texts = [
    body(
      'generate',
      'z',
      'g',
      'The generator: samples from noise z, one a row.',
      networks.generate,
      latentSize,
    ),
  ];
  // A packed discriminator judges several samples at once: its losses are then written out.
  if (has('score') || has('slope')) {
    texts.push(
      body(
        'score',
        'x',
        'd',
        'The discriminator: a score for each sample, high for real ones.',
        networks.score,
        dimension,
      ),
    );
  }
  if (has('slope')) {
    texts.push(
      isTorch
        ? `def slope(x, d):
    """${slopeWhat}; it can be differentiated again."""
    if not x.requires_grad:
        x = x.clone().requires_grad_()
    return torch.autograd.grad(score(x, d).sum(), x, create_graph=True)[0]`
        : body('slope', 'x', 'd', `${slopeWhat}.`, slopeAt, dimension),
    );
  }
  return {
    texts,
    /** An output with calls in it. */
    called: (output: Expr): Expr =>
      rewritten([output], (node) => {
        const call = found.get(node);
        return call && { operation: operations[call.name], inputs: [call.input] };
      })[0],
    /** What the calls' results are called in a text. */
    words(output: Expr): Map<Expr, string> {
      const words = new Map<Expr, string>();
      for (const node of inOrder([output])) {
        if (node.operation === operations.generate) words.set(node, 'fake');
        if (node.operation !== operations.score) continue;
        const isFake = inOrder([node]).some((each) => each.operation === operations.generate);
        words.set(node, isFake ? 's_fake' : 's_real');
      }
      return words;
    },
  };
}

const withoutShape = (line: string) => line.replace(/ {2}# \[.*\]$/, '');

const LAYERS = new Set(['matmul', 'conv2d', 'conv2dTransposed']);

/** Hidden layers of a network: whatever a matrix or a filter is multiplied with. */
function layerNames(output: Expr): Map<Expr, string> {
  const layers = new Map<Expr, string>();
  for (const node of inOrder([output])) {
    if (!LAYERS.has(node.operation.name)) continue;
    const [signal] = node.inputs;
    if (signal.inputs.length === 0 || layers.has(signal) || signal.operation.name === 'reshape') continue;
    layers.set(signal, `hidden${layers.size + 1}`);
  }
  return layers;
}

/** Names for what back-propagation meets: the layers on the way there, and the loss's slopes on the way back. */
export function slopeNames(loss: Expr, fake: Expr, tidy: Means['tidy']): Map<Expr, string> {
  const ofGenerator = new Set(inOrder([fake]));
  const afterFake = new Set<Expr>([fake]);
  for (const node of inOrder([loss]))
    if (node.inputs.some((input) => afterFake.has(input))) afterFake.add(node);
  const names = new Map<Expr, string>([[fake, 'fake']]);
  const counts = new Map<string, number>();
  for (const node of layerNames(loss).keys()) {
    if (names.has(node)) continue;
    const whose = ofGenerator.has(node) ? '' : afterFake.has(node) ? 'fake_' : 'real_';
    const count = (counts.get(whose) ?? 0) + 1;
    counts.set(whose, count);
    names.set(node, `${whose}hidden${count}`);
  }
  const nodes = [...names.keys()];
  const tidied = new Map<Expr, string>();
  const slopes = grad(loss, nodes);
  nodes.forEach((node, i) => {
    const [value, slope] = tidy([node, slopes[i]]);
    const name = names.get(node) as string;
    if (value.inputs.length > 0 && !tidied.has(value)) tidied.set(value, name);
    if (slope.inputs.length > 0 && !tidied.has(slope)) tidied.set(slope, `d_${name}`);
  });
  return tidied;
}
