/** How far each player goes in the run's next step. */
import { half, type Player } from '../math/field.ts';
import type { Vector } from '../math/vector.ts';
import { addScaled, norm } from '../math/vector.ts';
import { group } from '../settings/index.ts';
import { defineProbe } from './probe.ts';

/**
 * ||theta+ - theta||, ||phi+ - phi||, the length of both together and the ratio of the first to the second, of
 * the step that the optimizer takes from here, taken on a copy. NaN without a run; the ratio also where the
 * discriminator stays.
 */
export const steps = defineProbe({
  name: 'steps',
  label: 'step lengths',
  summary: 'Euclidean length of each player’s next step, and their ratio; computing it takes that step.',
  cost: 'field',
  settings: group({}),
  fits: () => true,
  read({ scene, run }) {
    if (!run) {
      const unknown = Number.NaN;
      return { generator: unknown, discriminator: unknown, joint: unknown, ratio: unknown };
    }
    const state = run.state();
    const point = state.point as Vector;
    const before = point.slice();
    run.next(state);
    const moved = addScaled(point, before, -1);
    const lengthOf = (player: Player) => norm(half(moved, scene.split, player));
    const [generator, discriminator] = [lengthOf('generator'), lengthOf('discriminator')];
    return {
      generator,
      discriminator,
      joint: norm(moved),
      ratio: discriminator > 0 ? generator / discriminator : Number.NaN,
    };
  },
});
