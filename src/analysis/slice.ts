/** The field and its parts on a plane through the parameters, as arrows of motion. */
import { addScaled, norm } from '../math/vector.ts';
import { group, integer, number, numbers } from '../settings/index.ts';
import { gammaSetting, partSetting, planeSettings } from './choices.ts';
import { partsOf } from './parts.ts';
import { coordinatesIn, planeOf, projected, trailIn } from './plane.ts';
import { defineLongProbe } from './probe.ts';

/** The vectors are those at the points of the plane; what is drawn of them is their projection onto it. */
export const slice = defineLongProbe({
  name: 'slice',
  label: 'field on a plane',
  summary: 'F, J′F, their mixture, or what S and A make of F, on a grid of a plane: arrows of motion, so −F.',
  cost: 'long',
  settings: group({
    ...planeSettings,
    ...partSetting,
    ...gammaSetting,
    centre: numbers({
      label: 'centre',
      summary: 'Of the square, in the plane’s coordinates.',
      default: [0, 0],
      min: -1e12,
      max: 1e12,
    }),
    extent: number({
      label: 'extent',
      summary: 'Half the width of the square; 0 takes what there is to see.',
      default: 0,
      min: 0,
      max: 1e12,
    }),
    resolution: integer({
      label: 'resolution',
      summary: 'Points along a side.',
      default: 17,
      min: 2,
      max: 41,
    }),
  }),
  fits: () => true,
  *work(moment, settings) {
    const { scene, experiment, step, point } = moment;
    const { centre, resolution, part, gamma } = settings;
    const field = scene.frozenField(experiment.seed, step);
    const passed = moment.run?.points() ?? [];
    const plane = yield* planeOf(moment, settings, field);
    const trail = trailIn(plane, passed);
    const here = coordinatesIn(plane, point);
    const extent = settings.extent || plane.reach;
    const at = new Float64Array(scene.size);
    const read = partsOf(field, part, gamma);

    const values = new Float64Array(2 * resolution * resolution);
    const share = new Float64Array(resolution * resolution);
    for (let row = 0, cell = 0; row < resolution; row++) {
      for (let column = 0; column < resolution; column++, cell++) {
        const place = (index: number) => extent * ((2 * index) / (resolution - 1) - 1);
        at.set(plane.origin);
        addScaled(at, plane.basis[0], centre[0] + place(column));
        addScaled(at, plane.basis[1], centre[1] + place(row));
        const vector = read(at).map((value) => -value);
        const [x, y] = projected(plane, vector);
        values[2 * cell] = x;
        values[2 * cell + 1] = y;
        const length = norm(vector);
        share[cell] = length === 0 ? 1 : Math.min(1, Math.hypot(x, y) / length);
        yield (cell + 1) / share.length;
      }
    }
    const basis = new Float64Array(2 * scene.size);
    basis.set(plane.basis[0]);
    basis.set(plane.basis[1], scene.size);
    return {
      step,
      plane: plane.kind,
      // Which of the two directions the run did not give.
      random: [...plane.random],
      explained: Float64Array.from(plane.explained),
      origin: plane.origin,
      basis, // [2, size]
      part,
      centre: Float64Array.from(centre),
      extent,
      resolution,
      values, // [row of y, column of x, 2], rows upwards
      share, // [row, column]: how much of each vector's length lies in the plane, in [0, 1]
      here: Float64Array.of(here.x, here.y),
      trail,
    };
  },
});
