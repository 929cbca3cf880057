/** The discriminator's opinion over the plane. */
import type { Scene } from '../catalog/scene.ts';
import { build } from '../expr/index.ts';
import type { Vector } from '../math/vector.ts';
import { group, integer, number } from '../settings/index.ts';
import { defineProbe } from './probe.ts';
import { samplesPicture } from './samples.ts';

export const discriminator = defineProbe({
  name: 'discriminator',
  label: 'discriminator',
  summary: 'Its logit on a square grid of the plane; high means real.',
  cost: 'forward',
  settings: group({
    extent: number({
      label: 'extent',
      summary: 'Half the width; 0 takes the data’s.',
      default: 0,
      min: 0,
      max: 1e6,
    }),
    resolution: integer({
      label: 'resolution',
      summary: 'Points along a side.',
      default: 48,
      min: 2,
      max: 256,
    }),
  }),
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

/** A square grid of the plane [rows of y, columns of x, 2], rows upwards; in one dimension, points of the line. */
export function positionsOf(dimension: 1 | 2, extent: number, resolution: number): Float64Array {
  const count = dimension === 2 ? resolution * resolution : resolution;
  const positions = new Float64Array(dimension * count);
  const place = (index: number) => extent * ((2 * index) / (resolution - 1) - 1);
  for (let i = 0; i < count; i++) {
    positions[dimension * i] = place(i % resolution);
    if (dimension === 2) positions[2 * i + 1] = place(Math.floor(i / resolution));
  }
  return positions;
}

/** The discriminator's scores at positions [count, dimension]. */
export function scoresAt(scene: Scene, point: Vector, positions: Float64Array): Float64Array {
  const picture = samplesPicture(scene);
  const count = positions.length / picture.dimension;
  const program = scene.program(`scores ${count}`, () => ({
    scores: picture.score(build.input('positions', [count, picture.dimension])),
  }));
  return program.run(point, { positions }).scores.slice();
}
