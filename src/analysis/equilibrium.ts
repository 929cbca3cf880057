/** Where a game is looked at: its nearest known equilibrium. */
import type { Scene } from '../catalog/scene.ts';
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
