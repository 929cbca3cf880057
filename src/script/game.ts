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
import { networkFunctions, slopeNames, type Write } from './networks.ts';
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
  const { flavour } = asked;
  const isTorch = flavour === 'torch';
  const entry = games.find(({ name }) => name === experiment.game.kind) as unknown as Game;
  const script = writeGame(entry, experiment.game);
  const ahead = lookAhead(script, experiment.foresight);
  const foresees = experiment.foresight.kind !== 'none';
  const model: Model = { ...script.model, ...ahead.model };
  const { parameters, parts, split, size, states } = script;
  const picture = model.picture;
  const networks =
    picture.kind === 'samples'
      ? picture
      : picture.kind === 'images'
        ? { ...picture, dimension: picture.side ** 2 * picture.channels }
        : undefined;
  const loose = !networks && parameters.length <= MOST_LOOSE;
  const problems: string[] = [];

  const { names: leaves, swaps } = leafNames(script, loose, model);
  const taken = new Set([...TAKEN.split(' '), ...[...leaves.values()].map((name) => name.split(/[.(]/)[0])]);
  const constants = new Map<Expr, string>();
  const constant = (node: Expr) => {
    const name = constants.get(node) ?? `CONSTANT${constants.size === 0 ? '' : `_${constants.size + 1}`}`;
    constants.set(node, name);
    return name;
  };
  /** Expressions as they are printed: of parameters that stand alone, and simplified. */
  const tidy = (outputs: readonly Expr[]) => {
    const alone = withSoftmax(substitute(outputs, swaps));
    return simplify(isTorch ? held(alone) : alone);
  };
  const write: Write = (outputs, names = leaves, hints = new Map()) =>
    printed(outputs, { flavour, names, hints, isNumber, constant, taken, tellShapes: !loose });

  const own = (player: Player) => parts.filter((_, i) => parameters[i].player === player);
  const lossOf = (from: Model, player: Player) => from.losses[player === 'generator' ? 0 : 1];
  const gradients = (player: Player) =>
    grad(lossOf(model, player), own(player)).map(
      (gradient, i) => model.directions?.get(own(player)[i]) ?? gradient,
    );

  // Torch is given the game's own losses; what a foresight makes of them it finds by autograd.
  const told = isTorch ? script.model : model;
  const usesBatch = (outputs: readonly Expr[]) =>
    inOrder(outputs).some((node) => leaves.get(node)?.startsWith('batch.'));
  const reads = usesBatch([...model.losses, ...(model.directions?.values() ?? [])]);
  const arguments_ = loose
    ? own('generator')
        .concat(own('discriminator'))
        .map((part) => leaves.get(swaps.get(part) as Expr))
        .join(', ')
    : 'g, d';
  const batch = reads ? ', batch' : '';
  const signature = `${arguments_}${batch}`;

  if (isTorch && inOrder(told.losses).some(({ operation }) => operation.name === 'reverseGradient')) {
    problems.push('a loss reverses gradients, which has not been written down for PyTorch; choose NumPy');
  }

  const sections: string[] = [];
  const functions = networks
    ? networkFunctions(script, networks, { write, tidy, leaves, swaps, isTorch })
    : undefined;
  if (functions) sections.push(...functions.texts);

  // ---- losses
  const scalar = (name: string, what: string, output: Expr) => {
    const called = functions ? functions.called(output) : output;
    const outputs = tidy([called]);
    const { lines, results } = write(outputs, leaves, functions?.words(outputs[0]));
    sections.push(definition(name, signature, what, lines, results[0]));
  };
  for (const player of players) {
    scalar(
      `${player}_loss`,
      `What the ${player} minimises: ${player === 'generator' ? 'L_G' : 'L_D'}.`,
      lossOf(told, player),
    );
  }
  if (asked.accuracy && model.accuracy) {
    scalar('accuracy', 'The share of samples that the discriminator tells apart.', model.accuracy);
  }

  // ---- gradients: by hand in NumPy, by autograd in torch
  const directed = (player: Player) => own(player).filter((part) => script.model.directions?.has(part));
  for (const player of players) {
    const isDirected = directed(player).length > 0;
    if (isTorch ? !isDirected : model.frozen === player) continue;
    if (isTorch && directed(player).length < own(player).length) {
      problems.push(`the ${player} follows its gradient in some parameters and something else in others`);
    }
    const outputs = tidy(gradients(player));
    const hints = networks && !isTorch ? slopeNames(lossOf(model, player), networks.fake, tidy) : undefined;
    const { lines, results } = write(outputs, leaves, hints);
    sections.push(
      definition(
        isDirected ? `${player}_direction` : `${player}_gradient`,
        signature,
        isDirected
          ? `What the ${player} descends along; it stands in for the gradient of its loss.`
          : `The gradient of ${player}_loss by the ${player}'s parameters.`,
        lines,
        joined(results, own(player)),
      ),
    );
  }

  // ---- the field
  sections.push(
    isTorch ? torchField(experiment, model, directed, batch, foresees) : numpyField(model, directed, batch),
  );
  if (asked.forward || asked.transposed) {
    if (isTorch) sections.push(...torchProducts(asked, batch));
    else {
      const halves = players.flatMap((player) =>
        model.frozen === player
          ? own(player).map((part) => build.constant(0, part.shape))
          : gradients(player),
      );
      const along = parts.map((part, i) => build.input(`along.${i}`, part.shape));
      const names = new Map([
        ...leaves,
        ...along.map((node, i) => [node, partText('v', parameters[i].offset, parameters[i])] as const),
      ]);
      const products = [
        ['forward', 'jacobian_times', 'J v: how the field changes along v.', () => jvp(halves, parts, along)],
        [
          'transposed',
          'transposed_times',
          "J'v; of v = F it is the gradient of half the squared length of F.",
          () => vjp(halves, parts, along),
        ],
      ] as const;
      for (const [kind, name, what, make] of products) {
        if (!asked[kind]) continue;
        const { lines, results } = write(tidy(make()), names);
        sections.push(
          definition(
            name,
            `w, v${batch}`,
            what,
            [`${arguments_} = unpack(w)`, ...lines],
            joined(results, parts),
          ),
        );
      }
    }
  }

  const remember: string[] = [];
  if (states.length > 0) {
    const outputs = tidy(states.map(({ next }) => next));
    const { lines, results } = write(outputs);
    remember.push(`${arguments_} = ${isTorch ? 'unpack(w[:SPLIT], w[SPLIT:])' : 'unpack(w)'}`);
    if (usesBatch(outputs)) remember.push('batch = now.batch');
    remember.push(...lines);
    const names = states.map(({ name }) => `state.${snake(name)}`);
    remember.push(`${names.join(', ')} = ${results.join(', ')}`);
  }

  const head = [
    `SIZE, SPLIT = ${size}, ${split}  # parameters of both players, and of the generator, which come first
HALF = {"generator": slice(0, SPLIT), "discriminator": slice(SPLIT, SIZE)}`,
    unpackText(
      parameters,
      parts.map((part) => leaves.get(swaps.get(part) as Expr) as string),
      loose,
      split,
      isTorch,
    ),
  ];
  const needsFlat = [...sections].some((text) => /\bflat\(/.test(text));
  const helpers = helperTexts(flavour, sections.join('\n') + remember.join('\n'), needsFlat);
  return {
    script,
    model,
    constants: [...constants].map(([node, name]) => ({
      name,
      values: node.values as Float64Array,
      shape: node.shape,
    })),
    text: [...head, ...helpers, ...sections].map((text) => text.trim()).join('\n\n\n'),
    reads,
    hasGenerator: functions !== undefined,
    remember,
    problems,
  };
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
