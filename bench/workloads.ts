/** What is timed: the toy GANs of the literature and two on pictures, as every contestant reads them. */

/** A set of grey pictures, by its name here and by its sizes for the peers. */
export interface PictureSet {
  readonly name: string;
  readonly side: number;
  readonly count: number;
  /**
   * Of the layer next to the picture, twice as many in the next: both networks are DCGAN's (see filters.ts), with batch
   * norm in the generator alone. Without it they are dense, and the generator ends in tanh.
   */
  readonly channels?: number;
}

/** The sizes of a GAN of dense networks on the ring of eight, or on pictures. */
export interface Shape {
  readonly batch: number;
  readonly latent: number;
  /** Widths of the hidden layers of both networks, where they are dense. */
  readonly hidden: readonly number[];
  readonly activation: 'relu' | 'leakyRelu' | 'tanh';
  /** What is imitated in place of the ring. */
  readonly pictures?: PictureSet;
}

export interface Workload {
  readonly name: string;
  readonly about: string;
  readonly shape: Shape;
  /** Moves of the discriminator for each one of the generator; 1 is simultaneous. */
  readonly discriminatorSteps: number;
  /** Weight of consensus (second derivatives); 0 is plain descent. */
  readonly consensus: number;
  /** Weight of R1, half the squared slope at real samples; 0 is none. */
  readonly penalty: number;
}

const plain = { discriminatorSteps: 1, consensus: 0, penalty: 0 };
const a: Workload = {
  name: 'A',
  about: 'paper toy: G and D of 4 x 16 relu, latent 16, batch 512',
  shape: { batch: 512, latent: 16, hidden: [16, 16, 16, 16], activation: 'relu' },
  ...plain,
};
const b: Workload = {
  name: 'B',
  about: 'G and D of 2 x 128 tanh, latent 256, batch 512',
  shape: { batch: 512, latent: 256, hidden: [128, 128], activation: 'tanh' },
  ...plain,
};
const c: Workload = {
  name: 'C',
  about: 'one hidden layer of 14 relu, latent 1, batch 150',
  shape: { batch: 150, latent: 1, hidden: [14], activation: 'relu' },
  ...plain,
};
const d: Workload = {
  name: 'D',
  about: 'the default of GAN Lab: 2-8-8-2 and 2-8-8-1 relu, batch 150, two discriminator steps',
  shape: { batch: 150, latent: 2, hidden: [8, 8], activation: 'relu' },
  ...plain,
  discriminatorSteps: 2,
};
const withConsensus = (workload: Workload): Workload => ({
  ...workload,
  name: `${workload.name} consensus`,
  about: `${workload.about}, consensus with weight 10`,
  consensus: 10,
});

/** The preset `digits`. */
const e: Workload = {
  name: 'E',
  about: 'digits of 8 x 8: G and D of 2 x 128 leaky relu, latent 32, batch 64, R1 with weight 10',
  shape: {
    batch: 64,
    latent: 32,
    hidden: [128, 128],
    activation: 'leakyRelu',
    pictures: { name: 'digits8', side: 8, count: 1797 },
  },
  ...plain,
  penalty: 10,
};
/** The preset `mnistConvolutional` without its penalty: first derivatives alone. */
const f: Workload = {
  name: 'F',
  about: 'DCGAN at 28 x 28: 32 and 64 channels, latent 64, batch 64',
  shape: {
    batch: 64,
    latent: 64,
    hidden: [],
    activation: 'leakyRelu',
    pictures: { name: 'mnist28', side: 28, count: 2000, channels: 32 },
  },
  ...plain,
};

export const workloads: readonly Workload[] = [
  a,
  b,
  c,
  d,
  withConsensus(a),
  withConsensus(b),
  withConsensus(c),
  e,
  f,
];

/** A workload as an experiment of Saddle: Adam for both players, as the peers have it. */
export function experimentOf(workload: Workload): Record<string, unknown> {
  const { shape, discriminatorSteps, consensus, penalty } = workload;
  const { pictures } = shape;
  const channels = pictures?.channels;
  const dense = { kind: 'dense', hidden: shape.hidden, activation: shape.activation };
  const convolutional = { kind: 'convolutional', channels };
  const adam = { kind: 'adam', learningRate: 1e-4, beta1: 0.5 };
  return {
    game: {
      ...(pictures ? { kind: 'images', dataset: pictures.name } : { kind: 'gan' }),
      batchSize: shape.batch,
      latentSize: shape.latent,
      penalty: penalty > 0 ? { kind: 'zeroCentred', weight: penalty } : 'none',
      generatorNetwork: channels ? convolutional : dense,
      discriminatorNetwork: channels ? { ...convolutional, normalisation: 'none' } : dense,
    },
    scheme: discriminatorSteps > 1 ? { kind: 'alternating', discriminatorSteps } : 'simultaneous',
    adjustment: consensus > 0 ? { kind: 'consensus', control: { kind: 'fixed', weight: consensus } } : 'none',
    generator: adam,
    discriminator: adam,
  };
}
