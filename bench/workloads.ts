/** The experiments whose steps are timed: the toy GANs of the literature, from small to large. */

const network = (hidden: readonly number[], activation: string) => ({ kind: 'dense', hidden, activation });

const gan = (batchSize: number, latentSize: number, hidden: readonly number[], activation: string) => ({
  game: {
    kind: 'gan',
    batchSize,
    latentSize,
    generatorNetwork: network(hidden, activation),
    discriminatorNetwork: network(hidden, activation),
  },
});

export interface Workload {
  readonly name: string;
  readonly about: string;
  /** What differs from the default experiment. */
  readonly experiment: Readonly<Record<string, unknown>>;
  /** Readings of the discriminator's gradient for each one of the generator's. */
  readonly discriminatorSteps: number;
}

export const workloads: readonly Workload[] = [
  {
    name: 'A',
    about: 'paper toy: G and D of 4 x 16 relu, latent 16, batch 512',
    experiment: gan(512, 16, [16, 16, 16, 16], 'relu'),
    discriminatorSteps: 1,
  },
  {
    name: 'B',
    about: 'G and D of 2 x 128 tanh, latent 256, batch 512',
    experiment: gan(512, 256, [128, 128], 'tanh'),
    discriminatorSteps: 1,
  },
  {
    name: 'C',
    about: 'one hidden layer of 14 relu, latent 1, batch 150',
    experiment: gan(150, 1, [14], 'relu'),
    discriminatorSteps: 1,
  },
  {
    name: 'D',
    about: 'the default of GAN Lab: 2-8-8-2 and 2-8-8-1 relu, batch 150, two discriminator steps',
    experiment: gan(150, 2, [8, 8], 'relu'),
    discriminatorSteps: 2,
  },
];
