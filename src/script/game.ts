/** A game as Python: its parameters, losses, gradients and Jacobian products, printed from its expressions. */
import type { Experiment } from '../catalog/experiment.ts';
import { games } from '../catalog/games/index.ts';
import type { Game, Model, Parameter } from '../catalog/kinds.ts';
import { lookAhead } from '../catalog/scene.ts';
import { clockName, dialName, type Script, stateName, writeGame } from '../catalog/stage.ts';
import { build, type Expr, grad, inOrder, jvp, simplify, sizeOf, substitute, vjp } from '../expr/index.ts';
import { type Player, players } from '../math/field.ts';
import { held, withSoftmax } from './calls.ts';
import { numpyField, torchField, torchProducts } from './fields.ts';
import { helperTexts } from './helpers.ts';
import type { ArrayOf } from './mixtures.ts';
import { type Networks, networkFunctions, slopeNames, type Write } from './networks.ts';
import { printed } from './printer.ts';
import { definition, type Flavour, snake } from './words.ts';

/** What the optimizer asks of a game. */
export interface Asked {
  readonly flavour: Flavour;
  readonly forward: boolean;
  readonly transposed: boolean;
  readonly accuracy: boolean;
}

export interface GameText {
  readonly script: Script;
  readonly model: Model;
  /** Python, in order: constants, parameters, losses, field. */
  readonly text: string;
  /** Arrays that the text reads by name. */
  readonly constants: readonly (ArrayOf & { readonly name: string })[];
  /** The losses or their gradients read draws. */
  readonly reads: boolean;
  /** There is a function `generate(z, g)`. */
  readonly hasGenerator: boolean;
  /** Assignments that bring the states up to date. */
  readonly remember: readonly string[];
  readonly problems: readonly string[];
}

/** Names that the rest of a script uses. */
const TAKEN =
  'np math torch now game dataset scheme generator discriminator foresight adjustment clipping schedule constraint lookahead averaging state batch w v u g d s t field unpack step change move rules run main base64 Settings SIZE SPLIT SEED STEPS';

/** Games of more parameters, or with networks, have them under the names g and d. */
const MOST_LOOSE = 5;

export function gameText(experiment: Experiment, asked: Asked): GameText {
  const writing = writingOf(experiment, asked);
  const { script, model, isTorch, networks, leaves, swaps, batch, loose } = writing;
  const functions = networks && networkFunctions(script, networks, writing);
  const field = isTorch
    ? torchField(experiment, model, writing.directed, batch, experiment.foresight.kind !== 'none')
    : numpyField(model, writing.directed, batch);
  const sections = [
    ...(functions?.texts ?? []),
    ...lossTexts(writing, asked, functions),
    ...gradientTexts(writing),
    field,
    ...(isTorch ? torchProducts(asked, batch) : numpyProducts(writing, asked)),
  ];
  const remember = rememberLines(writing);
  const head = [
    `SIZE, SPLIT = ${script.size}, ${script.split}  # parameters of both players, and of the generator, which come first
HALF = {"generator": slice(0, SPLIT), "discriminator": slice(SPLIT, SIZE)}`,
    unpackText(
      script.parameters,
      script.parts.map((part) => leaves.get(swaps.get(part) as Expr) as string),
      loose,
      script.split,
      isTorch,
    ),
  ];
  const needsFlat = sections.some((text) => /\bflat\(/.test(text));
  const helpers = helperTexts(asked.flavour, sections.join('\n') + remember.join('\n'), needsFlat);
  return {
    script,
    model,
    constants: [...writing.constants].map(([node, name]) => ({
      name,
      values: node.values as Float64Array,
      shape: node.shape,
    })),
    text: [...head, ...helpers, ...sections].map((text) => text.trim()).join('\n\n\n'),
    reads: writing.reads,
    hasGenerator: functions !== undefined,
    remember,
    problems: problemsOf(writing),
  };
}

/** What the texts of a game are written with. */
interface Writing {
  readonly script: Script;
  /** With what a foresight makes of the losses. */
  readonly model: Model;
  /** Torch is given the game's own losses; what a foresight makes of them it finds by autograd. */
  readonly told: Model;
  readonly isTorch: boolean;
  readonly networks: Networks | undefined;
  /** The parameters have names of their own, not those of g and d. */
  readonly loose: boolean;
  /** What each input is called, and the inputs that stand for the parts of the point. */
  readonly leaves: ReadonlyMap<Expr, string>;
  readonly swaps: ReadonlyMap<Expr, Expr>;
  /** Arrays that have been written so far, by their names. */
  readonly constants: ReadonlyMap<Expr, string>;
  readonly write: Write;
  /** Expressions as they are printed: of parameters that stand alone, and simplified. */
  readonly tidy: (outputs: readonly Expr[]) => Expr[];
  readonly own: (player: Player) => readonly Expr[];
  readonly gradients: (player: Player) => readonly Expr[];
  /** Parameters that follow something else than the gradient of a loss. */
  readonly directed: (player: Player) => readonly Expr[];
  readonly usesBatch: (outputs: readonly Expr[]) => boolean;
  /** The losses or their gradients read draws. */
  readonly reads: boolean;
  /** What a function of the parameters is called with: `g, d`, and then `, batch` or nothing. */
  readonly parameters: string;
  readonly batch: string;
}

const lossOf = ({ losses }: Model, player: Player) => losses[player === 'generator' ? 0 : 1];

function writingOf(experiment: Experiment, { flavour }: Asked): Writing {
  const isTorch = flavour === 'torch';
  const entry = games.find(({ name }) => name === experiment.game.kind) as unknown as Game;
  const script = writeGame(entry, experiment.game);
  const ahead = lookAhead(script, experiment.foresight);
  const model: Model = { ...script.model, ...ahead.model };
  const { parameters, parts } = script;
  const networks = networksOf(model);
  const loose = !networks && parameters.length <= MOST_LOOSE;

  const { names: leaves, swaps } = leafNames(script, loose, model);
  const taken = new Set([...TAKEN.split(' '), ...[...leaves.values()].map((name) => name.split(/[.(]/)[0])]);
  const constants = new Map<Expr, string>();
  const constant = (node: Expr) => {
    const name = constants.get(node) ?? `CONSTANT${constants.size === 0 ? '' : `_${constants.size + 1}`}`;
    constants.set(node, name);
    return name;
  };
  const own = (player: Player) => parts.filter((_, i) => parameters[i].player === player);
  const usesBatch = (outputs: readonly Expr[]) =>
    inOrder(outputs).some((node) => leaves.get(node)?.startsWith('batch.'));
  const reads = usesBatch([...model.losses, ...(model.directions?.values() ?? [])]);
  return {
    script,
    model,
    told: isTorch ? script.model : model,
    isTorch,
    networks,
    loose,
    leaves,
    swaps,
    constants,
    tidy(outputs) {
      const alone = withSoftmax(substitute(outputs, swaps));
      return simplify(isTorch ? held(alone) : alone);
    },
    write: (outputs, names = leaves, hints = new Map()) =>
      printed(outputs, { flavour, names, hints, isNumber, constant, taken, tellShapes: !loose }),
    own,
    gradients: (player) =>
      grad(lossOf(model, player), own(player)).map(
        (gradient, i) => model.directions?.get(own(player)[i]) ?? gradient,
      ),
    directed: (player) => own(player).filter((part) => script.model.directions?.has(part)),
    usesBatch,
    reads,
    parameters: loose
      ? [...own('generator'), ...own('discriminator')]
          .map((part) => leaves.get(swaps.get(part) as Expr))
          .join(', ')
      : 'g, d',
    batch: reads ? ', batch' : '',
  };
}

/** The networks of a game that has them. */
function networksOf({ picture }: Model): Networks | undefined {
  if (picture.kind === 'samples') return picture;
  if (picture.kind !== 'images') return undefined;
  return { ...picture, dimension: picture.side ** 2 * picture.channels };
}

/** Both losses, and how well samples are told apart where that is asked. */
function lossTexts(
  { told, model, parameters, batch, tidy, write, leaves }: Writing,
  { accuracy }: Asked,
  functions: ReturnType<typeof networkFunctions> | undefined,
): string[] {
  const scalar = (name: string, what: string, output: Expr) => {
    const called = functions ? functions.called(output) : output;
    const outputs = tidy([called]);
    const { lines, results } = write(outputs, leaves, functions?.words(outputs[0]));
    return definition(name, `${parameters}${batch}`, what, lines, results[0]);
  };
  const losses = players.map((player) =>
    scalar(
      `${player}_loss`,
      `What the ${player} minimises: ${player === 'generator' ? 'L_G' : 'L_D'}.`,
      lossOf(told, player),
    ),
  );
  if (!accuracy || !model.accuracy) return losses;
  return [
    ...losses,
    scalar('accuracy', 'The share of samples that the discriminator tells apart.', model.accuracy),
  ];
}

/** Gradients: by hand in NumPy, by autograd in torch, which is told of what stands in for them. */
function gradientTexts(writing: Writing): string[] {
  const { model, isTorch, networks, parameters, batch, tidy, write, leaves, own } = writing;
  const written = players.filter((player) => {
    const isDirected = writing.directed(player).length > 0;
    return isTorch ? isDirected : model.frozen !== player;
  });
  return written.map((player) => {
    const isDirected = writing.directed(player).length > 0;
    const outputs = tidy(writing.gradients(player));
    const hints = networks && !isTorch ? slopeNames(lossOf(model, player), networks.fake, tidy) : undefined;
    const { lines, results } = write(outputs, leaves, hints);
    return definition(
      isDirected ? `${player}_direction` : `${player}_gradient`,
      `${parameters}${batch}`,
      isDirected
        ? `What the ${player} descends along; it stands in for the gradient of its loss.`
        : `The gradient of ${player}_loss by the ${player}'s parameters.`,
      lines,
      joined(results, own(player)),
    );
  });
}

/** Products with the Jacobian of F, written out. */
function numpyProducts(writing: Writing, asked: Asked): string[] {
  if (!asked.forward && !asked.transposed) return [];
  const { script, model, leaves, own, gradients, tidy, write } = writing;
  const { parts, parameters } = script;
  const halves = players.flatMap((player) =>
    model.frozen === player ? own(player).map((part) => build.constant(0, part.shape)) : gradients(player),
  );
  const along = parts.map((part, i) => build.input(`along.${i}`, part.shape));
  const names = new Map([
    ...leaves,
    ...along.map((node, i) => [node, partText('v', parameters[i].offset, parameters[i])] as const),
  ]);
  const product = (name: string, what: string, outputs: readonly Expr[]) => {
    const { lines, results } = write(tidy(outputs), names);
    const unpacked = [`${writing.parameters} = unpack(w)`, ...lines];
    return definition(name, `w, v${writing.batch}`, what, unpacked, joined(results, parts));
  };
  const texts: string[] = [];
  if (asked.forward)
    texts.push(product('jacobian_times', 'J v: how the field changes along v.', jvp(halves, parts, along)));
  if (asked.transposed)
    texts.push(
      product(
        'transposed_times',
        "J'v; of v = F it is the gradient of half the squared length of F.",
        vjp(halves, parts, along),
      ),
    );
  return texts;
}

/** Assignments that bring the game's states up to date. */
function rememberLines({
  script: { states },
  isTorch,
  parameters,
  tidy,
  write,
  usesBatch,
}: Writing): string[] {
  if (states.length === 0) return [];
  const outputs = tidy(states.map(({ next }) => next));
  const { lines, results } = write(outputs);
  const names = states.map(({ name }) => `state.${snake(name)}`);
  return [
    `${parameters} = ${isTorch ? 'unpack(w[:SPLIT], w[SPLIT:])' : 'unpack(w)'}`,
    ...(usesBatch(outputs) ? ['batch = now.batch'] : []),
    ...lines,
    `${names.join(', ')} = ${results.join(', ')}`,
  ];
}

/** What cannot be written down, each as what ends a sentence. */
function problemsOf({ told, isTorch, directed, own }: Writing): string[] {
  if (!isTorch) return [];
  const reverses = inOrder(told.losses).some(({ operation }) => operation.name === 'reverseGradient');
  const mixed = players.filter((player) => {
    const { length } = directed(player);
    return length > 0 && length < own(player).length;
  });
  return [
    ...(reverses
      ? ['a loss reverses gradients, which has not been written down for PyTorch; choose NumPy']
      : []),
    ...mixed.map(
      (player) => `the ${player} follows its gradient in some parameters and something else in others`,
    ),
  ];
}

/** Expressions of the parts of a vector, by a parameter's place in it. */
function partText(vector: string, from: number, { shape }: Pick<Parameter, 'shape'>): string {
  if (shape.length === 0) return `${vector}[${from}]`;
  const range = `${vector}[${from}:${from + sizeOf(shape)}]`;
  return shape.length === 1 ? range : `${range}.reshape(${shape.join(', ')})`;
}

/** Numbers of Python: the dials, and the clock. */
function isNumber({ operation, attributes: { name } }: Expr): boolean {
  if (operation.name !== 'input' || typeof name !== 'string') return false;
  return name === clockName || /^(game|foresight)\./.test(name);
}

/** What each input is called, and the inputs that stand for the parts of the point. */
function leafNames(script: Script, loose: boolean, model: Model) {
  const { parameters, parts, draws, dials, states, point } = script;
  const names = new Map<Expr, string>();
  const swaps = new Map<Expr, Expr>();
  const isTwice = (name: string) =>
    parameters.filter((other) => snake(other.name) === snake(name)).length > 1;
  parameters.forEach(({ player, name, shape }, i) => {
    const part = build.input(`${player}.${name}`, shape);
    const loosely = isTwice(name) ? `${player}_${snake(name)}` : snake(name);
    swaps.set(parts[i], part);
    names.set(part, loose ? loosely : `${player[0]}.${snake(name)}`);
  });
  // Both players' parameters one after the other again: what pulls on all of them reads them so.
  const flat = build.concat(parts.map((part) => build.reshape(part, [sizeOf(part.shape)])));
  if (!swaps.has(flat)) {
    const whole = build.input('whole', flat.shape);
    const all = parts.map((part) => names.get(swaps.get(part) as Expr)).join(', ');
    swaps.set(flat, whole);
    names.set(whole, loose ? `flat(${all})` : 'flat(*vars(g).values(), *vars(d).values())');
  }
  const outputs = [...model.losses, ...(model.directions?.values() ?? []), ...states.map(({ next }) => next)];
  if (model.accuracy) outputs.push(model.accuracy);
  for (const node of inOrder(outputs)) {
    if (node.operation.name !== 'input' || node === point) continue;
    const name = node.attributes.name as string;
    const below = (prefix: string) => snake(name.slice(prefix.length));
    if (name === clockName) names.set(node, 'now.step');
    else if (dials.some((path) => dialName(path) === name)) names.set(node, `game.${below('game.')}`);
    else if (name.startsWith('foresight.')) names.set(node, `foresight.${below('foresight.')}`);
    else if (states.some((state) => stateName(state.name) === name))
      names.set(node, `state.${below('state.')}`);
    else if (draws.some((draw) => draw.name === name)) names.set(node, `batch.${snake(name)}`);
  }
  return { names, swaps };
}

function unpackText(
  parameters: readonly Parameter[],
  names: readonly string[],
  loose: boolean,
  split: number,
  isTorch: boolean,
): string {
  const place = ({ player, offset, shape }: Parameter) => {
    if (!isTorch) return partText('w', offset, { shape });
    return player === 'generator'
      ? partText('w_g', offset, { shape })
      : partText('w_d', offset - split, { shape });
  };
  const given = isTorch ? 'w_g, w_d' : 'w';
  if (loose) {
    const lines = parameters.map((parameter, i) => `    ${names[i]} = ${place(parameter)}`);
    return [
      `def unpack(${given}):`,
      `    """The players' parameters, as parts of ${isTorch ? 'both halves of the joint point' : 'the joint point w'}."""`,
      ...lines,
      `    return ${names.join(', ')}${names.length === 1 ? ',' : ''}`,
    ].join('\n');
  }
  const group = (player: Player) =>
    parameters
      .map((parameter) =>
        parameter.player === player ? `        ${snake(parameter.name)}=${place(parameter)},` : undefined,
      )
      .filter((line) => line !== undefined);
  return [
    `def unpack(${given}):`,
    `    """The players' parameters by name, as parts of ${isTorch ? 'both halves of the joint point' : 'the joint point w'}."""`,
    '    g = Settings(',
    ...group('generator'),
    '    )',
    '    d = Settings(',
    ...group('discriminator'),
    '    )',
    '    return g, d',
  ].join('\n');
}

/** Several gradients as one flat vector; one alone as it is. */
function joined(results: readonly string[], of: readonly Expr[]): string {
  if (results.length === 1 && of[0].shape.length <= 1) return results[0];
  const inline = `flat(${results.join(', ')})`;
  return inline.length < 90 ? inline : `flat(\n        ${results.join(',\n        ')},\n    )`;
}
