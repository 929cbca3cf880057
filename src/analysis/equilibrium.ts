/** Where a game is looked at: its nearest known equilibrium, and the Jacobian and its eigenvalues at a point. */
import type { Scene } from '../catalog/scene.ts';
import { type Eigenvalues, eigenvalues } from '../math/eigenvalues.ts';
import type { Field } from '../math/field.ts';
import type { Vector } from '../math/vector.ts';

export interface Nearest {
  readonly point: Vector;
  readonly distance: number;
}

/** The known equilibrium that is nearest to a point; undefined where none is known. */
export function nearestEquilibrium({ model }: Pick<Scene, 'model'>, from: Vector): Nearest | undefined {
  let nearest: Nearest | undefined;
  for (const equilibrium of model.equilibria) {
    let sum = 0;
    for (let i = 0; i < from.length; i++) sum += (from[i] - equilibrium.point[i]) ** 2;
    const distance = Math.sqrt(sum);
    if (!nearest || distance < nearest.distance)
      nearest = { point: Float64Array.from(equilibrium.point), distance };
  }
  return nearest;
}

/** The eigenvalues of the Jacobian of a field, its discriminator's rows times `ratio`. */
export function jacobianEigenvalues(field: Field, point: Vector, ratio = 1): Eigenvalues {
  const { size, split } = field;
  const matrix = new Float64Array(size * size);
  const unit = new Float64Array(size);
  const column = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    unit[j] = 1;
    field.jvp(point, unit, column);
    unit[j] = 0;
    for (let i = 0; i < size; i++) matrix[i * size + j] = i < split ? column[i] : ratio * column[i];
  }
  return eigenvalues(matrix, size);
}
