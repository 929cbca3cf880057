/** The discriminator's opinion over the plane. */
import { build } from '../expr/index.ts';
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
    const positions = new Float64Array(2 * resolution * resolution);
    for (let row = 0; row < resolution; row++) {
      for (let column = 0; column < resolution; column++) {
        const at = 2 * (row * resolution + column);
        positions[at] = extent * ((2 * column) / (resolution - 1) - 1);
        positions[at + 1] = extent * ((2 * row) / (resolution - 1) - 1);
      }
    }
    const count = resolution * resolution;
    const program = scene.program(`scores ${count}`, () => ({
      scores: picture.score(build.input('positions', [count, 2])),
    }));
    // logits: [row of y, column of x], rows upwards.
    return { extent, resolution, logits: program.run(point, { positions }).scores.slice() };
  },
});
