/** How the proximal point method steps: the end of the step is found by Newton's method. */
import { gmres } from '../../math/krylov.ts';
import { norm, type Vector } from '../../math/vector.ts';
import type { Turn } from '../kinds.ts';

interface Chosen {
  readonly newtonSteps: number;
  readonly iterations: number;
  readonly tolerance: number;
}

/** Moves to w+ with w+ = w - R F(w+), as well as the steps of its settings find it. */
export function stepProximally({
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
  const end = scratch(2);
  end.set(point);
  const gradient = scratch(0);
  const residual = scratch(3);
  here.at(end, gradient);
  const enough = settings.tolerance * norm(gradient);
  // Newton's method on w+ - w + R F(w+) = 0, written for d with w+ = w - R d: d = F(w - R d).
  const direction = scratch(4);
  direction.set(gradient);
  const rates = scratch(5);
  rates.fill(rate('generator'), 0, split).fill(rate('discriminator'), split);
  const scaled = scratch(6);
  for (let k = 0; k < settings.newtonSteps; k++) {
    for (let i = 0; i < end.length; i++) end[i] = point[i] - rates[i] * direction[i];
    here.at(end, gradient);
    for (let i = 0; i < end.length; i++) residual[i] = gradient[i] - direction[i];
    if (!(norm(residual) > enough)) break;
    const apply = (v: Vector, out: Vector) => {
      for (let i = 0; i < v.length; i++) scaled[i] = rates[i] * v[i];
      here.jvp(end, scaled, out);
      for (let i = 0; i < v.length; i++) out[i] += v[i];
    };
    const correction = gmres(apply, residual, settings.iterations, 1e-12).x;
    for (let i = 0; i < direction.length; i++) direction[i] += correction[i];
  }
  move(point, change(direction, scratch(1)));
}
