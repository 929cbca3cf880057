/** Holds a game's field and its products against central differences on the reference, and numbers against others. */
import { expect } from 'vitest';
import { norm } from '../../src/math/vector.ts';
import { experimentOf, sceneOf } from './given.ts';

/** Balances truncation (STEP^2) and rounding (2^-53 / STEP) of a central difference: each about 1e-10. */
const STEP = 1e-5;
/** Both errors, times derivatives of size 10 to 100. */
const TOLERANCE = 2e-7;

const direction = (size: number, turn: number) =>
  Float64Array.from({ length: size }, (_, i) => Math.sin(turn * (i + 1)) / Math.sqrt(size));

/**
 * F is the gradient of the losses, J d its derivative, and u'(J d) = (J'u)'d, on one batch, at a point and
 * states of the game's own or at those given.
 */
export function expectDerivatives(
  game: Record<string, unknown>,
  {
    at,
    step = 3,
    jacobian = true,
  }: { at?: ArrayLike<number>; step?: number; jacobian?: boolean | 'adjoint' } = {},
): void {
  const experiment = experimentOf({ game });
  const scene = sceneOf(experiment);
  const { size, split } = scene;
  const field = scene.field(0, step, 0);
  const point = at ? Float64Array.from(at) : scene.initialPoint(0);
  const moved = (by: Float64Array, amount: number) => point.map((value, i) => value + amount * by[i]);
  const F = field.at(point).slice();
  const scale = 1 + norm(F);
  for (const turn of [1, 2]) {
    const d = direction(size, turn);
    for (const player of [0, 1]) {
      const own = d.map((value, i) => (i < split === (player === 0) ? value : 0));
      const slope = field.at(point).reduce((sum, value, i) => sum + value * own[i], 0);
      const difference =
        (field.losses(moved(own, STEP))[player] - field.losses(moved(own, -STEP))[player]) / (2 * STEP);
      expect(Math.abs(difference - slope), `loss of player ${player}`).toBeLessThan(TOLERANCE * scale);
    }
    const Jd = field.jvp(point, d).slice();
    const u = direction(size, turn + 0.5);
    const transposed = field.vjp(point, u).slice();
    const left = Jd.reduce((sum, value, i) => sum + value * u[i], 0);
    const right = transposed.reduce((sum, value, i) => sum + value * d[i], 0);
    expect(Math.abs(left - right)).toBeLessThan(1e-12 * (1 + norm(Jd)));
    if (jacobian !== true) continue;
    const ahead = field.at(moved(d, STEP)).slice();
    const behind = field.at(moved(d, -STEP)).slice();
    const error = norm(ahead.map((value, i) => (value - behind[i]) / (2 * STEP) - Jd[i]));
    expect(error, 'Jacobian').toBeLessThan(TOLERANCE * (1 + norm(Jd)));
  }
}

/** Numbers one by one, to so many decimals. */
export function expectClose(found: ArrayLike<number>, wanted: ArrayLike<number>, digits: number): void {
  expect(found.length).toBe(wanted.length);
  for (let i = 0; i < found.length; i++) expect(found[i], `number ${i}`).toBeCloseTo(wanted[i], digits);
}
