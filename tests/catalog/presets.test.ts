/** The presets: each is right, opens, and is about what it says. */
import '../loaded.ts';
import { expect, test } from 'vitest';
import { experiment as schema } from '../../src/catalog/experiment.ts';
import { presets } from '../../src/catalog/presets/index.ts';
import { openDevice } from '../../src/engine/devices.ts';
import { openSession } from '../../src/engine/session.ts';
import { isFiniteVector } from '../../src/math/vector.ts';
import { changes, defaults, parse } from '../../src/settings/index.ts';

const device = await openDevice('wasm');

test.each(presets.map((preset) => [preset.name, preset] as const))(
  '%s is right as it stands and takes steps',
  (_, { experiment, heavy }) => {
    const { values, problems } = parse(schema, experiment);
    expect(problems).toEqual([]);
    const session = openSession(values, device);
    const before = session.state.point.slice();
    const steps = heavy ? 1 : 3;
    expect(session.advance(steps)).toBe(steps);
    expect(session.outcome.kind).toBe('running');
    expect(isFiniteVector(session.state.point)).toBe(true);
    expect(session.state.point).not.toEqual(before);
    session.dispose();
  },
  60_000,
);

test('no two are the same, and only the first is the defaults', () => {
  const texts = presets.map(({ experiment }) => JSON.stringify(parse(schema, experiment).values));
  expect(new Set(texts).size).toBe(presets.length);
  const plain = presets.filter(
    ({ experiment }) => changes(schema, defaults(schema), parse(schema, experiment).values).length === 0,
  );
  expect(plain.map(({ name }) => name)).toEqual([presets[0].name]);
});

/** RMSProp of TensorFlow 1: the small number under the root, the average of squares starting at one. */
const rmsprop = (learningRate: number) => ({
  kind: 'rmsprop',
  learningRate,
  decay: 0.9,
  epsilon: 1e-10,
  epsilonInside: 'inside',
  initialSquare: 1,
});
const adam = (learningRate: number, beta1: number, beta2 = 0.999) => ({
  kind: 'adam',
  learningRate,
  beta1,
  beta2,
});
const sgd = (learningRate: number) => ({ kind: 'sgd', learningRate });
const both = (rule: object) => ({ generator: rule, discriminator: rule });
const ringOf = (radius: number, spread: number) => ({ kind: 'ring', modes: 8, radius, spread });
const networks = (network: object) => ({ generatorNetwork: network, discriminatorNetwork: network });
/** `depth` hidden layers of `width` units. */
const relu = (width: number, depth: number, more: object = {}) => ({
  hidden: Array(depth).fill(width),
  activation: 'relu',
  ...more,
});

const numericsToy = {
  game: {
    dataset: ringOf(1, 0.01),
    loss: { kind: 'nonSaturating' },
    batchSize: 512,
    latentSize: 16,
    ...networks(relu(16, 4, { initialiser: { kind: 'glorot', shape: 'uniform' } })),
  },
  scheme: { kind: 'simultaneous' },
  ...both(rmsprop(1e-4)),
};
const orthogonal = { initialiser: { kind: 'orthogonal', gain: 0.8 } };
const unrolledToy = {
  game: {
    dataset: ringOf(2, 0.02),
    loss: { kind: 'minimax' },
    batchSize: 512,
    latentSize: 256,
    generatorNetwork: relu(128, 2, orthogonal),
    discriminatorNetwork: relu(128, 1, { ...orthogonal, inputScale: 0.25 }),
  },
  scheme: { kind: 'alternating', discriminatorSteps: 1, generatorSteps: 1, first: 'discriminator' },
  ...both(adam(1e-4, 0.5)),
};
const criticToy = (dataset: object) => ({
  game: {
    dataset,
    loss: { kind: 'wasserstein' },
    batchSize: 256,
    latentSize: 2,
    ...networks(relu(512, 3, { initialiser: { kind: 'he' } })),
  },
  scheme: { kind: 'alternating', discriminatorSteps: 5, generatorSteps: 1 },
});
const gradientPenalty = (dataset: object) => {
  const toy = criticToy(dataset);
  return {
    ...toy,
    game: { ...toy.game, penalty: { kind: 'gradientPenalty', weight: 0.1 } },
    ...both(adam(1e-4, 0.5, 0.9)),
  };
};
const consensus = { adjustment: { kind: 'consensus', control: { kind: 'fixed', weight: 10 } } };
const ahead = (steps: number) => ({
  foresight: { kind: 'unrolled', steps, rate: 1e-4, rule: { kind: 'adam', beta1: 0.5 } },
});
const packed = (dataset: object) => ({
  game: { dataset, batchSize: 100, latentSize: 2, regularisation: { packing: 2 } },
  scheme: { kind: 'simultaneous' },
  ...both(adam(1e-4, 0.8)),
});

/** What the papers, or the code of their authors, play with. */
const published: readonly (readonly [string, object])[] = [
  ['numericsRing', { ...numericsToy, adjustment: { kind: 'none' } }],
  ['numericsConsensus', { ...numericsToy, ...consensus }],
  ['unrolled0', { ...unrolledToy, foresight: { kind: 'none' } }],
  ['unrolled5', { ...unrolledToy, ...ahead(5) }],
  ['unrolled10', { ...unrolledToy, ...ahead(10) }],
  ['locallyStableFull', { ...unrolledToy, adjustment: { kind: 'locallyStable', weight: 0.5 } }],
  ['packedRing', packed(ringOf(1, 0.01))],
  ['packedGrid', packed({ kind: 'grid', side: 5, distance: 2, spread: 0.05 })],
  // Divided by 1.414 there, which is the root of 2 to three places, and the grid by twice that.
  ['wganGpRingFull', gradientPenalty(ringOf(Math.SQRT2, 0.02 / Math.SQRT2))],
  [
    'wganGpGridFull',
    gradientPenalty({ kind: 'grid', side: 5, distance: 2 / Math.sqrt(8), spread: 0.05 / Math.sqrt(8) }),
  ],
  ['wganGpRollFull', gradientPenalty({ kind: 'swissRoll', noise: 0.25 })],
  [
    'wganClippingFull',
    {
      ...criticToy(ringOf(Math.SQRT2, 0.02 / Math.SQRT2)),
      ...both(rmsprop(5e-5)),
      constraint: { kind: 'box', bound: 0.01, whose: 'discriminator' },
    },
  ],
  [
    'prediction',
    {
      game: {
        dataset: ringOf(1, 0.01),
        loss: { kind: 'minimax' },
        batchSize: 512,
        latentSize: 2,
        ...networks({
          hidden: [128, 128],
          activation: 'tanh',
          initialiser: { kind: 'orthogonal' },
          firstBias: 0.1,
        }),
      },
      scheme: { kind: 'prediction' },
      ...both(adam(1e-3, 0.9)),
    },
  ],
  [
    'symplecticFull',
    {
      game: {
        dataset: { kind: 'grid', side: 4, distance: 1, spread: 0.02 },
        loss: { kind: 'nonSaturating' },
        batchSize: 256,
        latentSize: 64,
        ...networks(relu(384, 6)),
      },
      ...both(rmsprop(1e-4)),
      adjustment: { kind: 'sga', weight: 1 },
    },
  ],
  [
    'negativeMomentum',
    {
      game: {
        dataset: ringOf(Math.SQRT2, 0.05 / Math.SQRT2),
        loss: { kind: 'minimax' },
        batchSize: 128,
        latentSize: 8,
        ...networks(relu(256, 3, { initialiser: { kind: 'normal', deviation: 0.02 } })),
      },
      scheme: { kind: 'alternating' },
      ...both({ kind: 'momentum', learningRate: 0.01, momentum: -0.5, nesterov: false }),
    },
  ],
  [
    'competitiveFull',
    {
      game: {
        dataset: { kind: 'gaussians', centres: [1, 0, Math.SQRT1_2, Math.SQRT1_2], spread: 0.1 },
        loss: { kind: 'minimax' },
        batchSize: 256,
        latentSize: 512,
        ...networks(relu(128, 5, { ...orthogonal, biases: false })),
      },
      scheme: { kind: 'competitive', linear: false },
      ...both(rmsprop(0.025)),
    },
  ],
  [
    'landscape',
    {
      game: {
        dataset: { kind: 'line', centres: [-2, 2], spread: 1 },
        batchSize: 100,
        latentSize: 100,
        ...networks(relu(100, 1)),
      },
      generator: sgd(0.01),
      discriminator: sgd(0.1),
    },
  ],
  [
    'noisyLookahead',
    {
      game: { kind: 'stochasticBilinear', dimension: 100, batchSize: 1, reduction: 'summed' },
      ...both(sgd(0.05)),
      lookahead: { kind: 'lookahead', steps: 2450, fraction: 0.3 },
    },
  ],
  [
    'noisyBilinear',
    {
      game: { kind: 'stochasticBilinear', dimension: 100, batchSize: 1, reduction: 'summed' },
      scheme: { kind: 'extragradient' },
      ...both(sgd(0.005)),
    },
  ],
  ['twoTimescale', both(sgd(0.01))],
  ['dirac', both(sgd(0.2))],
  ['diracR1', { game: { kind: 'dirac', penalty: { kind: 'zeroCentred', weight: 0.3 } }, ...both(sgd(0.2)) }],
  [
    'strongBilinear',
    {
      game: { kind: 'bilinear', strength: 6, start: [0.5, 0.5] },
      scheme: { kind: 'competitive' },
      ...both(sgd(0.2)),
    },
  ],
  ['domains', both(sgd(0.05))],
];

test.each(published)('%s has the data, sizes and rates of its source', (name, known) => {
  const { experiment } = presets.find((preset) => preset.name === name)!;
  expect(parse(schema, experiment).values).toMatchObject(known);
});
