/** The discriminator's opinion over the plane. */
import type { Scene } from '../catalog/scene.ts';
import { build } from '../expr/index.ts';
import type { Vector } from '../math/vector.ts';
import { group } from '../settings/index.ts';
import { defineProbe } from './probe.ts';
import { samplesPicture } from './samples.ts';
import { positionsOf, squareSettings } from './square.ts';

export const discriminator = defineProbe({
  name: 'discriminator',
  label: 'discriminator',
  summary: 'Its logit on a square grid of the plane; high means real.',
  cost: 'forward',
  settings: group(squareSettings(48, 256)),
  fits: (scene) => scene.model.picture.kind === 'samples',
  read({ scene, point }, settings) {
    const picture = samplesPicture(scene);
    const { resolution } = settings;
    const extent = settings.extent || picture.extent;
    const positions = positionsOf(picture.dimension, extent, resolution);
    // logits: [row of y, column of x], rows upwards; in one dimension, along the line.
    return { extent, resolution, logits: scoresAt(scene, point, positions) };
  },
});

/** The discriminator's scores at positions [count, dimension]. */
export function scoresAt(scene: Scene, point: Vector, positions: Float64Array): Float64Array {
  const picture = samplesPicture(scene);
  const count = positions.length / picture.dimension;
  const program = scene.program(`scores ${count}`, () => ({
    scores: picture.score(build.input('positions', [count, picture.dimension])),
  }));
  return program.run(point, { positions }).scores.slice();
}
