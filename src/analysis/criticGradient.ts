/** Where the discriminator leads: its slope over the plane, and where it pushes each generated sample. */
import { clockName } from '../catalog/stage.ts';
import { build, grad } from '../expr/index.ts';
import { group } from '../settings/index.ts';
import { defineProbe, type Moment } from './probe.ts';
import { samplesPicture } from './samples.ts';
import { positionsOf, squareSettings } from './square.ts';

/**
 * ds/dx, the slope of the score (high for real), on a grid and at the samples of the next step's batch; and for
 * each of these the direction in which the generator's own loss wants it to move, -n dL_G/dx_i of a batch of n:
 * for the non-saturating loss sigma(-s) ds/dx, for the minimax loss sigma(s) ds/dx, for Wasserstein's ds/dx. It is
 * the loss as it is played, whatever it compares.
 */
export const criticGradient = defineProbe({
  name: 'criticGradient',
  label: 'discriminator’s slope',
  summary: 'The slope of the score on a grid and at the generated samples, and where their loss pushes them.',
  cost: 'field',
  settings: group(squareSettings(16, 64)),
  fits: (scene) => scene.model.picture.kind === 'samples',
  read(moment, { extent: wanted, resolution }) {
    const { scene, point, experiment, step } = moment;
    const picture = samplesPicture(scene);
    const { dimension } = picture;
    const extent = wanted || picture.extent;
    const program = scene.program('pushes', ({ model }) => ({
      positions: picture.fake,
      gradient: grad(model.losses[0], [picture.fake])[0],
    }));
    const { batch } = scene.field(experiment.seed, step, 0);
    const pushed = program.run(point, { ...batch, [clockName]: step });
    const positions = pushed.positions.slice();
    const count = positions.length / dimension;
    const pushes = pushed.gradient.map((value) => -count * value);
    return {
      dimension,
      extent,
      resolution,
      // [row of y, column of x, dimension], rows upwards; in one dimension, along the line.
      grid: slopesAt(moment, positionsOf(dimension, extent, resolution)),
      // [count, dimension] each.
      positions,
      slopes: slopesAt(moment, positions),
      pushes,
    };
  },
});

/** ds/dx at positions [count, dimension]. */
function slopesAt({ scene, point }: Moment, positions: Float64Array): Float64Array {
  const picture = samplesPicture(scene);
  const count = positions.length / picture.dimension;
  const program = scene.program(`slopes ${count}`, () => {
    const at = build.input('positions', [count, picture.dimension]);
    return { slopes: grad(build.sum(picture.score(at)), [at])[0] };
  });
  return program.run(point, { positions }).slopes.slice();
}
