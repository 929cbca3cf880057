/** What the analytic games of one parameter per player share: their two coordinates and where they start. */
import { build, type Expr } from '../../expr/index.ts';
import { numbers } from '../../settings/index.ts';
import type { Stage } from '../kinds.ts';

/** The setting `start`: theta, then phi, under these names. */
export const startSetting = (standard: readonly [number, number], names = 'θ, φ') =>
  numbers({
    label: `start (${names})`,
    summary: 'Where the run begins: the generator’s parameter, then the discriminator’s.',
    default: standard,
    min: -1e6,
    max: 1e6,
    live: false,
  });

/** What formulas that people type call both coordinates: x and y, unless they say θ or φ, or spell them out. */
export const coordinateNamesIn = (formulas: string): readonly [generator: string, discriminator: string] =>
  /[θφ]|\b(theta|phi)\b/.test(formulas) ? ['θ', 'φ'] : ['x', 'y'];

/** Both players' scalars, each a parameter of one number that begins at `start`. */
export function coordinates(stage: Stage, start: readonly number[]): { theta: Expr; phi: Expr } {
  const at = (value: number) => (_stream: unknown, _shape: unknown, out: Float64Array) => out.fill(value);
  return {
    theta: stage.parameter('generator', 'theta', [], at(start[0])),
    phi: stage.parameter('discriminator', 'phi', [], at(start[1])),
  };
}

/** The losses of a zero-sum game: V for the generator, -V for the discriminator. */
export const zeroSum = (value: Expr): readonly [Expr, Expr] => [value, build.neg(value)];
