/** Generated points, from the same latent points at every step, beside real ones. */

import type { SamplesPicture } from '../catalog/kinds.ts';
import type { Scene } from '../catalog/scene.ts';
import { build } from '../expr/index.ts';
import { stream } from '../math/random.ts';
import { group, integer } from '../settings/index.ts';
import { defineProbe, type Moment } from './probe.ts';

export const samples = defineProbe({
  name: 'samples',
  label: 'samples',
  summary: 'Generated positions from fixed latent points, and real ones.',
  cost: 'forward',
  settings: group({
    count: integer({
      label: 'count',
      summary: 'How many of each.',
      default: 512,
      min: 1,
      max: 10_000,
      scale: 'log',
    }),
  }),
  fits: (scene) => scene.model.picture.kind === 'samples',
  read(moment, { count }) {
    const { dimension } = samplesPicture(moment.scene);
    // [count, dimension] each, row-major.
    return { dimension, generated: generated(moment, count), real: realSamples(moment, count) };
  },
});

/** The picture of a scene of samples; throws if it is none, which `fits` says beforehand. */
export function samplesPicture(scene: Scene): SamplesPicture {
  const { picture } = scene.model;
  if (picture.kind !== 'samples') throw new Error('this game has no samples');
  return picture;
}

/** Streams that no training step reads, the same at every step. */
export const evaluationStreams = ({ experiment }: Moment) => {
  return (purpose: string) => stream(experiment.seed, `evaluation.${purpose}`);
};

/** `count` real positions [count, dimension], the same at every step. */
export function realSamples(moment: Moment, count: number): Float64Array {
  const { dimension, fillReal } = samplesPicture(moment.scene);
  const real = new Float64Array(dimension * count);
  fillReal(evaluationStreams(moment), count, real);
  return real;
}

/** `count` generated positions [count, dimension] from fixed latent points. */
export function generated(moment: Moment, count: number): Float64Array {
  const { scene, point } = moment;
  const picture = samplesPicture(scene);
  const latent = new Float64Array(count * picture.latentSize);
  picture.fillLatent(evaluationStreams(moment), latent);
  const program = scene.program(`generated ${count}`, () => ({
    positions: picture.generate(build.input('latent', [count, picture.latentSize])),
  }));
  return program.run(point, { latent }).positions.slice();
}
