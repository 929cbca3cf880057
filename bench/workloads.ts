/** What is timed: the toy GANs of the literature, from small to large, as every contestant reads them. */

/** The sizes of a GAN of dense networks on the ring of eight. */
export interface Shape {
  readonly batch: number;
  readonly latent: number;
  /** Widths of the hidden layers of both networks. */
  readonly hidden: readonly number[];
  readonly activation: 'relu' | 'tanh';
}

export interface Workload {
  readonly name: string;
  readonly about: string;
  readonly shape: Shape;
  /** Moves of the discriminator for each one of the generator; 1 is simultaneous. */
  readonly discriminatorSteps: number;
  /** Weight of consensus (second derivatives); 0 is plain descent. */
  readonly consensus: number;
}

const plain = { discriminatorSteps: 1, consensus: 0 };
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

export const workloads: readonly Workload[] = [
  a,
  b,
  c,
  d,
  withConsensus(a),
  withConsensus(b),
  withConsensus(c),
];

/** A workload as an experiment of Saddle: Adam for both players, as the peers have it. */
export function experimentOf({ shape, discriminatorSteps, consensus }: Workload): Record<string, unknown> {
  const network = { kind: 'dense', hidden: shape.hidden, activation: shape.activation };
  const adam = { kind: 'adam', learningRate: 1e-4, beta1: 0.5 };
  return {
    game: {
      kind: 'gan',
      batchSize: shape.batch,
      latentSize: shape.latent,
      generatorNetwork: network,
      discriminatorNetwork: network,
    },
    scheme: discriminatorSteps > 1 ? { kind: 'alternating', discriminatorSteps } : 'simultaneous',
    adjustment: consensus > 0 ? { kind: 'consensus', control: { kind: 'fixed', weight: consensus } } : 'none',
    generator: adam,
    discriminator: adam,
  };
}
