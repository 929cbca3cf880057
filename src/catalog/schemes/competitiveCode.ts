/** How competitive gradient descent steps: the Nash conditions of the local bilinear game are solved. */
import { gmres } from '../../math/krylov.ts';
import type { Vector } from '../../math/vector.ts';
import type { Turn } from '../kinds.ts';

interface Chosen {
  readonly linear: boolean;
  readonly iterations: number;
  readonly tolerance: number;
}

/** Moves both players to the Nash point of the local bilinear game, or by the linear form. */
export function stepCompetitively({
  point,
  field,
  change,
  move,
  scratch,
  split,
  settings,
  rate,
}: Turn<Chosen>): void {
  const here = field();
  const gradient = here.at(point, scratch(0));
  const rateG = rate('generator');
  const rateD = rate('discriminator');
  const scaled = scratch(2);
  const mixed = scratch(3);
  /** out = the off-diagonal blocks of J times (rates * v): each player's answer to the other's step. */
  const answer = (v: Vector, out: Vector) => {
    // Two products, so that each player sees only the other's half.
    scaled.fill(0);
    for (let i = split; i < v.length; i++) scaled[i] = rateD * v[i];
    here.jvp(point, scaled, mixed);
    for (let i = 0; i < split; i++) out[i] = mixed[i];
    scaled.fill(0);
    for (let i = 0; i < split; i++) scaled[i] = rateG * v[i];
    here.jvp(point, scaled, mixed);
    for (let i = split; i < v.length; i++) out[i] = mixed[i];
  };
  // With B the off-diagonal part of J and R the rates, the step is -R d where (I + B R) d = F: the Nash
  // conditions. Eliminating a player gives the formula above; the linear form is d = F - B R F.
  const direction = scratch(4);
  if (settings.linear) {
    answer(gradient, direction);
    for (let i = 0; i < direction.length; i++) direction[i] = gradient[i] - direction[i];
  } else {
    const apply = (v: Vector, out: Vector) => {
      answer(v, out);
      for (let i = 0; i < v.length; i++) out[i] += v[i];
    };
    direction.set(gmres(apply, gradient, settings.iterations, settings.tolerance).x);
  }
  move(point, change(direction, scratch(1)));
}
