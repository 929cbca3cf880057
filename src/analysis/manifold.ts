/** What the generator makes of its latent space: the image of a regular grid. */
import { build } from '../expr/index.ts';
import { normalQuantile } from '../math/normal.ts';
import { stream } from '../math/random.ts';
import type { Vector } from '../math/vector.ts';
import { group, integer } from '../settings/index.ts';
import { orthonormalised } from './plane.ts';
import { defineProbe, type Moment } from './probe.ts';
import { samplesPicture } from './samples.ts';

/**
 * The grid has as much probability in each cell: along an axis its points are the quantiles (i + 1/2) / n of the
 * latent distribution. With one latent dimension it is a curve of n² points, with two a square of n x n; with more
 * it is a plane through 0 along two directions from the stream `manifold.direction`, and cells hold no
 * probability. As drawn by GAN Lab (Kahng et al. 2019, arXiv:1809.01587).
 *
 * Where two images of neighbours are far apart there are few samples: a cell of probability `mass` and area `a`
 * has the density mass / a, where cells do not overlap.
 */
export const manifold = defineProbe({
  name: 'manifold',
  label: 'generator’s map',
  summary: 'The image of a regular grid of the latent space, and the area of each of its cells.',
  cost: 'forward',
  settings: group({
    resolution: integer({
      label: 'resolution',
      summary: 'Points along a side.',
      default: 20,
      min: 2,
      max: 64,
    }),
  }),
  fits: (scene) => scene.model.picture.kind === 'samples',
  read(moment, { resolution }) {
    const { scene, point } = moment;
    const picture = samplesPicture(scene);
    const { latentSize, dimension } = picture;
    const rows = latentSize === 1 ? 1 : resolution;
    const columns = latentSize === 1 ? resolution * resolution : resolution;
    const count = rows * columns;
    const [across, up] = directionsOf(moment, latentSize);
    const quantile = quantileOf(moment);
    const latent = new Float64Array(count * latentSize);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const x = quantile((column + 0.5) / columns);
        const y = rows === 1 ? 0 : quantile((row + 0.5) / rows);
        const at = (row * columns + column) * latentSize;
        for (let i = 0; i < latentSize; i++) latent[at + i] = x * across[i] + y * up[i];
      }
    }
    const program = scene.program(`generated ${count}`, () => ({
      positions: picture.generate(build.input('latent', [count, latentSize])),
    }));
    const positions = program.run(point, { latent }).positions.slice();
    return {
      rows,
      columns,
      dimension,
      // [rows, columns, dimension]: along a row the first latent coordinate grows, from row to row the second.
      positions,
      // Of a square's cells [rows - 1, columns - 1] in the plane; of a curve's pieces [columns - 1], their lengths.
      areas: rows === 1 ? lengthsOf(positions, dimension) : areasOf(positions, rows, columns, dimension),
      mass: latentSize === 1 ? 1 / columns : latentSize === 2 ? 1 / count : null,
    } as {
      rows: number;
      columns: number;
      dimension: number;
      positions: Float64Array;
      areas: Float64Array;
      mass: number | null;
    };
  },
});

/** Quantiles of one coordinate of the latent noise. */
function quantileOf({ experiment }: Moment): (p: number) => number {
  const { game } = experiment;
  return 'latent' in game && game.latent === 'uniform' ? (p) => 2 * p - 1 : normalQuantile;
}

/** The latent axes; in more than two dimensions, two orthonormal directions of a named stream. */
function directionsOf({ experiment }: Moment, size: number): [Vector, Vector] {
  if (size <= 2) {
    const axis = (k: number) => Float64Array.from({ length: size }, (_, i) => (i === k ? 1 : 0));
    return [axis(0), axis(1)];
  }
  const drawn = (k: number) =>
    stream(experiment.seed, 'manifold.direction', 0, k).normals(new Float64Array(size));
  const first = orthonormalised(drawn(0), []) as Vector;
  return [first, orthonormalised(drawn(1), [first]) as Vector];
}

function lengthsOf(positions: Float64Array, dimension: number): Float64Array {
  const count = positions.length / dimension;
  return Float64Array.from({ length: count - 1 }, (_, i) => {
    let square = 0;
    for (let axis = 0; axis < dimension; axis++) {
      square += (positions[(i + 1) * dimension + axis] - positions[i * dimension + axis]) ** 2;
    }
    return Math.sqrt(square);
  });
}

/** Areas of the quadrilaterals between neighbours, by half the product of their diagonals; none on a line. */
function areasOf(positions: Float64Array, rows: number, columns: number, dimension: number): Float64Array {
  if (dimension === 1) return new Float64Array(0);
  const areas = new Float64Array((rows - 1) * (columns - 1));
  for (let row = 0, cell = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++, cell++) {
      const at = (r: number, c: number, axis: number) => positions[2 * (r * columns + c) + axis];
      const diagonal = (axis: number) => at(row + 1, column + 1, axis) - at(row, column, axis);
      const other = (axis: number) => at(row + 1, column, axis) - at(row, column + 1, axis);
      areas[cell] = Math.abs(diagonal(0) * other(1) - diagonal(1) * other(0)) / 2;
    }
  }
  return areas;
}
