/** What a compiled program and a device are to everyone else. */
import type { Expr, Shape } from '../expr/index.ts';

/** What a program is given by name: row-major values of the input's shape; a number for a scalar. */
export type Given = Readonly<Record<string, Float64Array | number>>;

/** What a program hands back by name. Owned by the program: valid until its next run. */
export type Results<Name extends string> = Readonly<Record<Name, Float64Array>>;

export interface Program<Name extends string = string> {
  /** The inputs it reads; more may be given, none may be missing. */
  readonly inputs: ReadonlyMap<string, Shape>;
  /** Computes every output. Allocates nothing that lives on. */
  run(given: Given): Results<Name>;
  /** Gives back what the program holds on its device. */
  dispose(): void;
}

export interface Device {
  /** The name in settings, links and output, such as `reference`. */
  readonly name: string;
  /** The arithmetic of its results. */
  readonly precision: 'float64' | 'float32';
  compile<Name extends string>(outputs: Readonly<Record<Name, Expr>>): Program<Name>;
  /**
   * Whether the machine has lost what it computes on, as a graphics card can be lost: its programs throw from then
   * on, and never hand back what was read after the loss. Stays true; opened again, the device is another one.
   */
  readonly isLost?: boolean;
  /** Where it can be lost: asks it, and waits for what it says, so that `isLost` knows of a loss that nothing has met yet. */
  askIfLost?(): void;
  /** So many products with a Jacobian are asked for in one run, where runs themselves cost: 1 unless said. */
  readonly productsTogether?: number;
  /**
   * Where the device draws faster than plain code: fills `out` with the standard normals of the stream with
   * this cipher key (`math/random`), the same bits.
   */
  normals?(key: readonly [number, number], out: Float64Array): void;
}

/** The value given for an input, checked. Throws an Error that names the input, its size and what was given. */
export function givenValue(given: Given, name: string, size: number): Float64Array | number {
  const value = given[name];
  if (value === undefined) throw new Error(`program input "${name}": expected ${size} values, found none`);
  const found = typeof value === 'number' ? 1 : value.length;
  if (found !== size) throw new Error(`program input "${name}": expected ${size} values, found ${found}`);
  return value;
}
