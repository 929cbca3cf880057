/** A game made ready to play on a device: its first point, its batches, and its field as compiled programs. */
import type { Device, Given, Program } from '../compute/program.ts';
import { build, type Expr, grad, jvp, sizeOf, vjp } from '../expr/index.ts';
import type { Field, Player } from '../math/field.ts';
import { stream } from '../math/random.ts';
import type { Vector } from '../math/vector.ts';
import { get } from '../settings/index.ts';
import type { Experiment } from './experiment.ts';
import { games } from './games/index.ts';
import type { Draw, Game, Model, Parameter } from './kinds.ts';
import { dialName, type Script, writeGame } from './stage.ts';

/** The field on one batch. */
export interface SceneField extends Field {
  /** The draws of this batch by name, row-major; overwritten when the scene reuses the batch's place. */
  readonly batch: Readonly<Record<string, Float64Array>>;
  /** [L_G, L_D] as they were met by the last call of `at`: those of the players that it was asked for. */
  readonly met: Float64Array;
}

export interface Scene {
  readonly script: Script;
  readonly model: Model;
  readonly device: Device;
  readonly parameters: readonly Parameter[];
  readonly size: number;
  readonly split: number;
  /** Takes over new values of the game's dials; everything else needs another scene. */
  turnDials(settings: Experiment['game']): void;
  /** The point at which a run with this seed begins. */
  initialPoint(seed: number): Vector;
  /**
   * The field on the batch named by (seed, step, draw). Its place is reused by the next batch with the
   * same `draw`: it is good until then.
   */
  field(seed: number, step: number, draw: number): SceneField;
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

/** How many programs of probes stay open: more than are watched, fewer than a slider has values. */
const PROBE_PROGRAMS = 16;

/** The game of an experiment, on a device. Programs are compiled when first asked for. */
export function openScene(settings: Experiment['game'], device: Device): Scene {
  const game = games.find((entry) => entry.name === settings.kind) as Game;
  const script = writeGame(game, settings);
  const { size, split, draws, model, point, parts, parameters } = script;
  const programs = new Map<string, Program>();
  /** Those of probes, the one that was used last at the end. */
  const probePrograms = new Map<string, Program>();
  const dials: Record<string, number> = {};
  const slots: SceneField[] = [];

  function turnDials(next: Experiment['game']): void {
    for (const path of script.dials) dials[dialName(path)] = get(next, path) as number;
  }
  turnDials(settings);

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

  // The field as expressions, written when first needed.
  let joint: { generator: Expr; discriminator: Expr; both: Expr } | undefined;
  function fieldExpressions() {
    if (joint) return joint;
    const own = (player: Player) => parts.filter((_, i) => parameters[i].player === player);
    const flat = (gradients: Expr[]) =>
      build.concat(gradients.map((gradient) => build.reshape(gradient, [sizeOf(gradient.shape)])));
    const generator = flat(grad(model.losses[0], own('generator')));
    const discriminator = flat(grad(model.losses[1], own('discriminator')));
    joint = { generator, discriminator, both: build.concat([generator, discriminator]) };
    return joint;
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
    jvp: () => ({ product: jvp([fieldExpressions().both], [point], [build.input('direction', [size])])[0] }),
    vjp: () => ({ product: vjp([fieldExpressions().both], [point], [build.input('direction', [size])])[0] }),
  };

  function openSlot(): SceneField {
    const batch: Record<string, Float64Array> = {};
    for (const draw of draws) batch[draw.name] = new Float64Array(sizeOf(draw.shape));
    // What programs are given; the dials are written in before each run.
    const given: Record<string, Float64Array | number> = { ...batch, ...dials };
    const met = new Float64Array(2);
    const at = (point: Vector) => {
      for (const name in dials) given[name] = dials[name];
      given.point = point;
      return given;
    };
    return {
      size,
      split,
      batch,
      met,
      at(point, out = new Float64Array(size), player) {
        if (player === 'generator') {
          const results = compiled('generator', write.generator).run(at(point));
          out.set(results.field, 0);
          met[0] = results.generator[0];
        } else if (player === 'discriminator') {
          const results = compiled('discriminator', write.discriminator).run(at(point));
          out.set(results.field, split);
          met[1] = results.discriminator[0];
        } else {
          const results = compiled('both', write.both).run(at(point));
          out.set(results.field);
          met[0] = results.generator[0];
          met[1] = results.discriminator[0];
        }
        return out;
      },
      losses(point) {
        const results = compiled('losses', write.losses).run(at(point));
        return [results.generator[0], results.discriminator[0]];
      },
      jvp(point, direction, out = new Float64Array(size)) {
        const given = at(point);
        given.direction = direction;
        out.set(compiled('jvp', write.jvp).run(given).product);
        return out;
      },
      vjp(point, direction, out = new Float64Array(size)) {
        const given = at(point);
        given.direction = direction;
        out.set(compiled('vjp', write.vjp).run(given).product);
        return out;
      },
    };
  }

  return {
    script,
    model,
    device,
    parameters,
    size,
    split,
    turnDials,
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
      const slot = slots[draw];
      for (const each of draws) fillDraw(each, seed, step, draw, slot.batch[each.name], device);
      return slot;
    },
    program(name, writeOutputs) {
      const write = () => writeOutputs(script);
      return { run: (at, given) => compiledForProbe(name, write).run({ ...dials, ...given, point: at }) };
    },
    dispose() {
      for (const open of [programs, probePrograms]) {
        for (const program of open.values()) program.dispose();
        open.clear();
      }
    },
  };
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
