/** The field over the plane of a game with one parameter for each player. */
import { group, integer, number, numbers } from '../settings/index.ts';
import { gammaSetting, partSetting } from './choices.ts';
import { partsOf } from './parts.ts';
import { defineProbe } from './probe.ts';

export const vectorField = defineProbe({
  name: 'vectorField',
  label: 'vector field',
  summary:
    'F, or a part of it, on a square grid of the plane (theta across, phi up); motion goes against it.',
  cost: 'field',
  settings: group({
    centre: numbers({ label: 'centre', summary: 'Of the square.', default: [0, 0], min: -1e12, max: 1e12 }),
    extent: number({
      label: 'extent',
      summary: 'Half the width of the square.',
      default: 2,
      min: 1e-9,
      max: 1e12,
      scale: 'log',
    }),
    ...partSetting,
    ...gammaSetting,
    resolution: integer({
      label: 'resolution',
      summary: 'Points along a side.',
      default: 25,
      min: 2,
      max: 201,
    }),
  }),
  fits: (scene) => scene.size === 2 && scene.split === 1,
  read({ scene, experiment, step }, { centre, extent, resolution, part, gamma }) {
    const field = scene.field(experiment.seed, step, 0);
    const at = new Float64Array(2);
    const read = partsOf(field, part, gamma);
    const values = new Float64Array(2 * resolution * resolution);
    for (let row = 0; row < resolution; row++) {
      for (let column = 0; column < resolution; column++) {
        at[0] = centre[0] + extent * ((2 * column) / (resolution - 1) - 1);
        at[1] = centre[1] + extent * ((2 * row) / (resolution - 1) - 1);
        values.set(read(at), 2 * (row * resolution + column));
      }
    }
    // values: [row of phi, column of theta, (F_theta, F_phi)], rows upwards.
    return { centre: Float64Array.from(centre), extent, resolution, part, values };
  },
});
