/** A game made ready to play on a device: its first point, its batches, and its field as compiled programs. */
import type { Device, Given, Program } from '../compute/program.ts';
import { build, copyValues, type Expr, grad, jvp, sizeOf, vjp } from '../expr/index.ts';
import type { Field, Player } from '../math/field.ts';
import { stream } from '../math/random.ts';
import type { Vector } from '../math/vector.ts';
import { get } from '../settings/index.ts';
import type { Experiment } from './experiment.ts';
import { foresights } from './foresights/index.ts';
import { games } from './games/index.ts';
import type { Draw, Foresight, Game, Model, Parameter } from './kinds.ts';
import { clockName, dialName, draftGame, type Script, stateName, writeGame } from './stage.ts';

/** The field on one batch. */
export interface SceneField extends Field {
  /** The draws of this batch by name, row-major; overwritten when the scene reuses the batch's place. */
  readonly batch: Readonly<Record<string, Float64Array>>;
  /** [L_G, L_D] as they were met by the last call of `at`: those of the players that it was asked for. */
  readonly met: Float64Array;
  /** How many batches it is of: more than one where it is on all of the data. */
  readonly batches: number;
  /** What the programs of this batch are given; the clock is written in when the batch is drawn. */
  readonly given: Record<string, Float64Array | number>;
}

export interface Scene {
  readonly script: Script;
  readonly model: Model;
  readonly device: Device;
  readonly parameters: readonly Parameter[];
  readonly size: number;
  readonly split: number;
  /** Names of all dials by their dotted path in the experiment: `game.strength`. */
  readonly dials: readonly string[];
  /** Dotted paths in the experiment of what only draws and picture read. */
  readonly data: readonly string[];
  /** Takes over new values of the dials; everything else needs another scene. */
  turnDials(settings: Played): void;
  /**
   * The game on other data, where settings differ in dials and in what the game calls its data alone: it needs
   * no program of its own, and shares this scene's. Undefined where data of another shape need other programs.
   */
  onOtherData(settings: Played): Scene | undefined;
  /** What the game remembers before the first step, by name. */
  initialStates(seed: number): Record<string, Float64Array>;
  /** The states that count from now on. Kept by reference: who moves them on, moves them for all programs. */
  keepStates(states: Readonly<Record<string, Float64Array>>): void;
  /** Moves the kept states on, as read on the batch of `field` at `point`. */
  follow(field: SceneField, point: Vector): void;
  /** The point at which a run with this seed begins. */
  initialPoint(seed: number): Vector;
  /**
   * The field on the batch named by (seed, step, draw). Its place is reused by the next batch with the
   * same `draw`: it is good until then.
   */
  field(seed: number, step: number, draw: number): SceneField;
  /**
   * The field on the first batch of a step, with the dials and states of now: it stays what it is while others
   * are drawn and the run goes on.
   */
  frozenField(seed: number, step: number): SceneField;
  /** The field on all data at once, for the games that have a finite set of them. */
  readonly wholeField: (() => SceneField) | undefined;
  /**
   * Compiles expressions of this game's point, dials and further inputs; compiled once for each `name`, and
   * again after many others were asked for. `run` is given the point and the further inputs.
   */
  program<Name extends string>(
    name: string,
    write: (script: Script) => Readonly<Record<Name, Expr>>,
  ): { run(point: Vector, given?: Given): Readonly<Record<Name, Float64Array>> };
  dispose(): void;
}

/** The part of an experiment that says what is played. */
export interface Played {
  readonly game: Experiment['game'];
  readonly foresight?: Experiment['foresight'];
}

/** How many programs of probes stay open: more than are watched, fewer than a slider has values. */
const PROBE_PROGRAMS = 16;

/** The expressions of a game, and the programs made of them, for all scenes that differ in their data alone. */
interface Works {
  readonly script: Script;
  readonly dials: readonly string[];
  readonly programs: Map<string, Program>;
  /** Those of probes, the one that was used last at the end. */
  readonly probePrograms: Map<string, Program>;
  /** The field as expressions, written when first needed. */
  joint?: { generator: Expr; discriminator: Expr; both: Expr };
  /** How many scenes are open that use them. */
  scenes: number;
}

const gameOf = (played: Played) => games.find((entry) => entry.name === played.game.kind) as unknown as Game;

/** The game of an experiment, on a device. Programs are compiled when first asked for. */
export function openScene(played: Played, device: Device): Scene {
  const written = writeGame(gameOf(played), played.game);
  const ahead = lookAhead(written, played.foresight ?? { kind: 'none' });
  const works: Works = {
    script: { ...written, model: { ...written.model, ...ahead.model } },
    dials: [...written.dials.map(dialName), ...ahead.dials],
    programs: new Map(),
    probePrograms: new Map(),
    scenes: 0,
  };
  return openOn(works, written, played, device);
}

/** The game of these works, with the draws, the picture and the equilibria of `written`. */
function openOn(
  works: Works,
  written: Pick<Script, 'draws' | 'model'>,
  played: Played,
  device: Device,
): Scene {
  const game = gameOf(played);
  works.scenes += 1;
  let isOpen = true;
  // Where it settles may depend on dials: what is known of that is written down again when asked for after a turn.
  let turned = played.game;
  let described = played.game;
  let known: Pick<Model, 'equilibria' | 'lossesAtEquilibrium'> = written.model;
  const settled = () => {
    if (described !== turned) known = writeGame(game, turned).model;
    described = turned;
    return known;
  };
  const model: Model = {
    ...works.script.model,
    picture: withDataOf(works.script.model.picture, written.model.picture),
    get equilibria() {
      return settled().equilibria;
    },
    get lossesAtEquilibrium() {
      return settled().lossesAtEquilibrium;
    },
  };
  const script: Script = { ...works.script, draws: written.draws, model };
  const { size, split, draws, point, parts, parameters, states } = script;
  const { dials: dialNames, programs, probePrograms } = works;
  const dials: Record<string, number> = {};
  const slots: SceneField[] = [];
  let whole: SceneField | undefined;

  function turnDials(next: Played): void {
    for (const path of dialNames) dials[path] = get(next, path) as number;
    turned = next.game;
  }
  turnDials(played);
  let kept: Readonly<Record<string, Float64Array>> = {};

  function compiled<Name extends string>(
    name: string,
    write: () => Readonly<Record<Name, Expr>>,
  ): Program<Name> {
    let program = programs.get(name);
    if (!program) {
      program = device.compile(write());
      programs.set(name, program);
    }
    return program as Program<Name>;
  }

  function compiledForProbe<Name extends string>(
    name: string,
    write: () => Readonly<Record<Name, Expr>>,
  ): Program<Name> {
    const program = probePrograms.get(name) ?? device.compile(write());
    probePrograms.delete(name);
    probePrograms.set(name, program);
    for (const [oldest, unused] of probePrograms) {
      if (probePrograms.size <= PROBE_PROGRAMS) break;
      unused.dispose();
      probePrograms.delete(oldest);
    }
    return program as Program<Name>;
  }

  function fieldExpressions() {
    if (works.joint) return works.joint;
    const own = (player: Player) => parts.filter((_, i) => parameters[i].player === player);
    const descents = (loss: Expr, wanted: Expr[]) =>
      grad(loss, wanted).map((gradient, i) => model.directions?.get(wanted[i]) ?? gradient);
    const flat = (gradients: Expr[]) =>
      build.concat(gradients.map((gradient) => build.reshape(gradient, [sizeOf(gradient.shape)])));
    const of = (player: Player) =>
      model.frozen === player
        ? build.constant(0, [player === 'generator' ? split : size - split])
        : flat(descents(model.losses[player === 'generator' ? 0 : 1], own(player)));
    const generator = of('generator');
    const discriminator = of('discriminator');
    works.joint = { generator, discriminator, both: build.concat([generator, discriminator]) };
    return works.joint;
  }

  const write = {
    both: () => ({
      field: fieldExpressions().both,
      generator: model.losses[0],
      discriminator: model.losses[1],
    }),
    generator: () => ({ field: fieldExpressions().generator, generator: model.losses[0] }),
    discriminator: () => ({ field: fieldExpressions().discriminator, discriminator: model.losses[1] }),
    losses: () => ({ generator: model.losses[0], discriminator: model.losses[1] }),
    accuracy: () => ({ accuracy: model.accuracy as Expr }),
    withTransposed() {
      const { both } = fieldExpressions();
      return { ...write.both(), product: vjp([both], [point], [both])[0] };
    },
    jvp: () => ({ product: jvp([fieldExpressions().both], [point], [build.input('direction', [size])])[0] }),
    together: (count: number) => () => {
      const { both } = fieldExpressions();
      const directions = Array.from({ length: count }, (_, k) => build.input(`direction ${k}`, [size]));
      return { products: build.concat(directions.map((each) => jvp([both], [point], [each])[0])) };
    },
    vjp: () => ({ product: vjp([fieldExpressions().both], [point], [build.input('direction', [size])])[0] }),
  };

  function openSlot(fixed?: { dials: typeof dials; kept: typeof kept }, batches = 1): SceneField {
    const batch: Record<string, Float64Array> = {};
    for (const draw of draws) batch[draw.name] = new Float64Array(sizeOf(draw.shape));
    // What programs are given; the dials are written in before each run.
    const given: Record<string, Float64Array | number> = { ...batch, ...dials, [clockName]: 0 };
    const met = new Float64Array(2);
    const at = (point: Vector) => {
      const now = fixed ?? { dials, kept };
      for (const name in now.dials) given[name] = now.dials[name];
      for (const name in now.kept) given[stateName(name)] = now.kept[name];
      given.point = point;
      return given;
    };
    return {
      size,
      split,
      batch,
      met,
      batches,
      given,
      at(point, out = new Float64Array(size), player) {
        if (player === 'generator') {
          const results = compiled('generator', write.generator).run(at(point));
          copyValues(results.field, out);
          met[0] = results.generator[0];
        } else if (player === 'discriminator') {
          const results = compiled('discriminator', write.discriminator).run(at(point));
          copyValues(results.field, out, 0, size - split, split);
          met[1] = results.discriminator[0];
        } else {
          const results = compiled('both', write.both).run(at(point));
          copyValues(results.field, out);
          met[0] = results.generator[0];
          met[1] = results.discriminator[0];
        }
        return out;
      },
      withTransposed(point, out, product) {
        const results = compiled('withTransposed', write.withTransposed).run(at(point));
        copyValues(results.field, out);
        copyValues(results.product, product);
        met[0] = results.generator[0];
        met[1] = results.discriminator[0];
      },
      losses(point) {
        const results = compiled('losses', write.losses).run(at(point));
        return [results.generator[0], results.discriminator[0]];
      },
      accuracy:
        model.accuracy && ((point) => compiled('accuracy', write.accuracy).run(at(point)).accuracy[0]),
      jvp(point, direction, out = new Float64Array(size)) {
        const given = at(point);
        given.direction = direction;
        copyValues(compiled('jvp', write.jvp).run(given).product, out);
        return out;
      },
      together: togetherOn(device.productsTogether ?? 1, at),
      vjp(point, direction, out = new Float64Array(size)) {
        const given = at(point);
        given.direction = direction;
        copyValues(compiled('vjp', write.vjp).run(given).product, out);
        return out;
      },
    };
  }

  /** Several products of one field in one run, where the device gains by it. */
  function togetherOn(count: number, at: (point: Vector) => SceneField['given']): Field['together'] {
    if (count === 1) return undefined;
    return {
      count,
      products(point, directions, outs) {
        const given = at(point);
        directions.forEach((direction, k) => {
          given[`direction ${k}`] = direction;
        });
        const { products } = compiled('together', write.together(count)).run(given);
        outs.forEach((out, k) => {
          out.set(products.subarray(k * size, (k + 1) * size));
        });
      },
    };
  }

  function drawBatch(slot: SceneField, seed: number, step: number, draw: number): SceneField {
    for (const each of draws) fillDraw(each, seed, step, draw, slot.batch[each.name], device);
    slot.given[clockName] = step;
    return slot;
  }

  return {
    script,
    model,
    device,
    parameters,
    size,
    split,
    dials: dialNames,
    data: (game.data ?? []).map(dialName),
    turnDials,
    onOtherData(next) {
      const other = draftGame(gameOf(next), next.game);
      return sameDraws(draws, other.draws) ? openOn(works, other, next, device) : undefined;
    },
    initialStates: (seed) =>
      Object.fromEntries(
        states.map(({ name, shape, initial }) => {
          const first = new Float64Array(sizeOf(shape));
          initial(stream(seed, `init.state.${name}`), shape, first);
          return [name, first];
        }),
      ),
    keepStates(next) {
      kept = next;
    },
    follow(field, at) {
      if (states.length === 0) return;
      const program = compiled('follow', () =>
        Object.fromEntries(states.map(({ name, next }) => [name, next])),
      );
      for (const name in dials) field.given[name] = dials[name];
      for (const name in kept) field.given[stateName(name)] = kept[name];
      field.given.point = at;
      const results = program.run(field.given);
      for (const { name } of states) kept[name].set(results[name]);
    },
    initialPoint(seed) {
      const first = new Float64Array(size);
      for (const { player, name, shape, offset, initial } of parameters) {
        initial(
          stream(seed, `init.${player}.${name}`),
          shape,
          first.subarray(offset, offset + sizeOf(shape)),
        );
      }
      return first;
    },
    field(seed, step, draw) {
      while (slots.length <= draw) slots.push(openSlot());
      return drawBatch(slots[draw], seed, step, draw);
    },
    frozenField(seed, step) {
      const states = Object.entries(kept).map(([name, state]) => [name, state.slice()]);
      return drawBatch(openSlot({ dials: { ...dials }, kept: Object.fromEntries(states) }), seed, step, 0);
    },
    wholeField:
      draws.every((draw) => draw.fillWhole) && draws.length > 0
        ? () => {
            whole ??= openSlot(undefined, Math.max(...draws.map(({ batches = 1 }) => batches)));
            for (const draw of draws) draw.fillWhole?.(whole.batch[draw.name]);
            return whole;
          }
        : undefined,
    program(name, writeOutputs) {
      const write = () => writeOutputs(script);
      const memory = () => Object.fromEntries(Object.keys(kept).map((name) => [stateName(name), kept[name]]));
      return {
        run: (at, given) =>
          compiledForProbe(name, write).run({ [clockName]: 0, ...dials, ...memory(), ...given, point: at }),
      };
    },
    dispose() {
      if (!isOpen) return;
      isOpen = false;
      works.scenes -= 1;
      if (works.scenes > 0) return;
      for (const open of [programs, probePrograms]) {
        for (const program of open.values()) program.dispose();
        open.clear();
      }
    },
  };
}

/** Whether programs that are given the ones can be given the others. */
const sameDraws = (a: Script['draws'], b: Script['draws']): boolean =>
  a.length === b.length &&
  a.every(({ name, shape }, i) => name === b[i].name && String(shape) === String(b[i].shape));

/** A picture as `own` draws it, of the data of `other`. */
function withDataOf(own: Model['picture'], other: Model['picture']): Model['picture'] {
  const isOfOneKind =
    (own.kind === 'samples' && other.kind === 'samples') ||
    (own.kind === 'images' && other.kind === 'images');
  if (!isOfOneKind) return own;
  const { generate, fake, score } = own;
  return { ...other, generate, fake, score };
}

function fillDraw(
  draw: Draw,
  seed: number,
  step: number,
  index: number,
  out: Float64Array,
  device: Device,
): void {
  draw.fill((purpose) => {
    const own = stream(seed, purpose, step, index);
    if (!device.normals) return own;
    const normals = (into: Float64Array) => {
      device.normals?.(own.key, into);
      return into;
    };
    return { ...own, normals };
  }, out);
}

/** What a foresight makes of a game's losses, and the dials that it adds. */
export function lookAhead(
  script: Script,
  settings: Experiment['foresight'],
): { model: Partial<Model>; dials: readonly string[] } {
  if (settings.kind === 'none') return { model: {}, dials: [] };
  const foresight = foresights.find((entry) => entry.name === settings.kind) as unknown as Foresight;
  const dials = new Map<string, Expr>();
  const dial = (path: string) => {
    const name = `foresight.${path}`;
    const known = dials.get(name) ?? build.input(name);
    dials.set(name, known);
    return known;
  };
  const model = foresight.foresee(script, settings, dial);
  return { model, dials: [...dials.keys()] };
}
