/** Generated pictures, from the same latent points at every step, and what the discriminator makes of them. */
import type { ImagesPicture } from '../catalog/kinds.ts';
import type { Scene } from '../catalog/scene.ts';
import { build } from '../expr/index.ts';
import { group, integer } from '../settings/index.ts';
import { defineProbe, type Moment } from './probe.ts';
import { evaluationStreams } from './samples.ts';

export const pictures = defineProbe({
  name: 'pictures',
  label: 'pictures',
  summary: 'Generated pictures from fixed latent points and real ones, each with the discriminator’s score.',
  cost: 'forward',
  settings: group({
    count: integer({
      label: 'count',
      summary: 'How many are generated.',
      default: 64,
      min: 1,
      max: 1024,
      scale: 'log',
    }),
    real: integer({
      label: 'real ones',
      summary: 'How many of the data’s own.',
      default: 16,
      min: 1,
      max: 1024,
      scale: 'log',
    }),
  }),
  fits: (scene) => scene.model.picture.kind === 'images',
  read(moment, { count, real: realCount }) {
    const { side, channels } = imagesPicture(moment.scene);
    const generated = generatedPictures(moment, count);
    const { pictures: real } = realPictures(moment, realCount);
    return {
      side,
      channels,
      // [count, side side channels] in [-1, 1], and a logit each.
      generated,
      scores: scoresOf(moment, generated, count),
      real,
      realScores: scoresOf(moment, real, realCount),
    };
  },
});

/** The picture of a scene of pictures; throws if it is none, which `fits` says beforehand. */
export function imagesPicture(scene: Scene): ImagesPicture {
  const { picture } = scene.model;
  if (picture.kind !== 'images') throw new Error('this game has no pictures');
  return picture;
}

/** `count` of the data's own [count, side side channels] and their classes [count], the same at every step. */
export function realPictures(
  moment: Moment,
  count: number,
): { pictures: Float64Array; labels: Float64Array } {
  const { side, channels, fillReal } = imagesPicture(moment.scene);
  const pictures = new Float64Array(count * side * side * channels);
  const labels = new Float64Array(count);
  fillReal(evaluationStreams(moment), count, pictures, labels);
  return { pictures, labels };
}

/** The first `count` of the latent points [count, latentSize] that are looked at, the same at every step. */
export function fixedLatents(moment: Moment, count: number): Float64Array {
  const { latentSize, fillLatent } = imagesPicture(moment.scene);
  const latent = new Float64Array(count * latentSize);
  fillLatent(evaluationStreams(moment), latent);
  return latent;
}

/** Pictures [count, side side channels] of latent points [count, latentSize]; the caller's own. */
export function picturesOf({ scene, point }: Moment, latent: Float64Array): Float64Array {
  const picture = imagesPicture(scene);
  const count = latent.length / picture.latentSize;
  const program = scene.program(`pictures ${count}`, () => ({
    pictures: picture.generate(build.input('latent', [count, picture.latentSize])),
  }));
  return program.run(point, { latent }).pictures.slice();
}

/** `count` generated pictures [count, side side channels] from fixed latent points. */
export const generatedPictures = (moment: Moment, count: number): Float64Array =>
  picturesOf(moment, fixedLatents(moment, count));

/** The discriminator's logits [count] of pictures [count, side side channels]. */
function scoresOf({ scene, point }: Moment, pictures: Float64Array, count: number): Float64Array {
  const { side, channels, score } = imagesPicture(scene);
  const program = scene.program(`picture scores ${count}`, () => ({
    scores: score(build.input('pictures', [count, side * side * channels])),
  }));
  return program.run(point, { pictures }).scores.slice();
}
