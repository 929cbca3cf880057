/** A walk through latent space: from one of the pictures that are looked at to another. */
import { elementary } from '../expr/index.ts';
import { group, integer } from '../settings/index.ts';
import { walkSettings } from './choices.ts';
import { fixedLatents, imagesPicture, picturesOf } from './pictures.ts';
import { defineProbe } from './probe.ts';

export const latentWalk = defineProbe({
  name: 'latentWalk',
  label: 'latent walk',
  summary: 'What the generator makes of latent points on the way from one picture’s to another’s.',
  cost: 'forward',
  settings: group({
    ...walkSettings,
    count: integer({
      label: 'pictures',
      summary: 'On the way, both ends included.',
      default: 9,
      min: 2,
      max: 64,
    }),
  }),
  fits: (scene) => scene.model.picture.kind === 'images',
  read(moment, { from, to, count }) {
    const { side, channels, latentSize } = imagesPicture(moment.scene);
    const latents = fixedLatents(moment, Math.max(from, to) + 1);
    const at = (index: number) => latents.subarray(index * latentSize, (index + 1) * latentSize);
    const way = walk(at(from), at(to), count);
    return { side, channels, pictures: picturesOf(moment, way) }; // [count, side side channels]
  },
});

/**
 * `count` points from a to b [count, size] along the great circle between their directions, their lengths growing
 * evenly (White 2016, arXiv:1609.04468): the straight way leads through lengths that noise seldom has. Straight
 * where the directions are the same or opposite.
 */
export function walk(a: Float64Array, b: Float64Array, count: number): Float64Array {
  const [lengthA, lengthB] = [Math.hypot(...a), Math.hypot(...b)];
  let cosine = 0;
  for (let i = 0; i < a.length; i++) cosine += (a[i] * b[i]) / (lengthA * lengthB);
  const angle = Math.acos(Math.max(-1, Math.min(1, cosine)));
  const sine = elementary.sin(angle);
  const isStraight = !(Math.abs(sine) > 1e-6);
  const way = new Float64Array(count * a.length);
  for (let k = 0; k < count; k++) {
    const t = k / (count - 1);
    const length = lengthA + t * (lengthB - lengthA);
    const shareA = isStraight ? 1 - t : (length * elementary.sin((1 - t) * angle)) / (sine * lengthA);
    const shareB = isStraight ? t : (length * elementary.sin(t * angle)) / (sine * lengthB);
    for (let i = 0; i < a.length; i++) way[k * a.length + i] = shareA * a[i] + shareB * b[i];
  }
  return way;
}
