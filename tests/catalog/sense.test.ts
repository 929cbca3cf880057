/** What has no meaning is said in a sentence, and nothing else is. */
import { describe, expect, test } from 'vitest';
import { experiment as schema } from '../../src/catalog/experiment.ts';
import type { Sourced } from '../../src/catalog/kinds.ts';
import { presets } from '../../src/catalog/presets/index.ts';
import { objections } from '../../src/catalog/sense.ts';
import type { Setting } from '../../src/settings/index.ts';
import { experimentOf } from './given.ts';

type Differences = Readonly<Record<string, unknown>>;

const cards = { kind: 'rockPaperScissors', parameters: 'direct' };
const gan = (more: Differences) => ({ game: { kind: 'gan', ...more } });
const about = (differences: Differences) => objections(experimentOf(differences)).map(({ path }) => path);

/** Every entry of every choice of an experiment, however deep. */
function walkEntries(setting: Setting = schema): Pick<Sourced, 'label' | 'needs'>[] {
  const fields = 'fields' in setting ? Object.values(setting.fields) : [];
  const entries = setting.type === 'choice' ? setting.entries : [];
  const below = [...fields, ...entries.map(({ settings }) => settings)];
  return [...entries, ...below.flatMap((each) => walkEntries(each))];
}

/** Where the sentence is found, an experiment that it is about, and the nearest one that it is not about. */
const cases: readonly (readonly [path: string, objectionable: Differences, fine: Differences])[] = [
  ['scheme', { scheme: 'bestResponse' }, { scheme: 'bestResponse', game: cards }],
  ['scheme', { scheme: 'fictitiousPlay', game: 'bilinear' }, { scheme: 'fictitiousPlay', game: cards }],
  [
    'scheme',
    { scheme: 'bestResponse', game: 'rockPaperScissors' },
    { scheme: 'bestResponse', game: { ...cards, payoff: 'wins' } },
  ],
  ['constraint', { constraint: 'simplex' }, { constraint: 'simplex', game: cards }],
  ['game.parameters', { game: cards }, { game: { ...cards, parameters: 'softmax' } }],
  ['game.loss', { game: { kind: 'dirac', loss: 'began' } }, gan({ loss: 'began' })],
  ['game.loss', { game: { kind: 'gaussianGan', loss: 'began' } }, { game: 'gaussianGan' }],
  ['game.loss', { game: { kind: 'dirac', loss: 'featureMatching' } }, gan({ loss: 'featureMatching' })],
  [
    'game.loss',
    gan({ loss: 'featureMatching', discriminatorNetwork: { hidden: [] } }),
    gan({ loss: 'featureMatching', generatorNetwork: { hidden: [] } }),
  ],
  ['game.loss', gan({ loss: 'wasserstein' }), gan({ loss: 'wasserstein', penalty: 'gradientPenalty' })],
  [
    'game.loss',
    gan({ loss: 'wasserstein', penalty: { kind: 'zeroCentred', weight: 0 } }),
    gan({ loss: 'wasserstein', discriminatorNetwork: { spectral: true } }),
  ],
  [
    'game.loss',
    { ...gan({ loss: 'wasserstein' }), constraint: { kind: 'box', whose: 'generator' } },
    { ...gan({ loss: 'wasserstein' }), constraint: 'box' },
  ],
  ['game.loss', gan({ loss: 'wasserstein' }), { game: { kind: 'dirac', loss: 'wasserstein' } }],
  ['scheme', { scheme: 'svre' }, { scheme: 'svre', game: 'stochasticBilinear' }],
  [
    'scheme.pace',
    { scheme: { kind: 'alternating', pace: 'byAccuracy' }, game: 'bilinear' },
    { scheme: { kind: 'alternating', pace: 'byAccuracy' } },
  ],
  [
    'scheme.pace',
    { scheme: { kind: 'alternating', pace: 'byAccuracy' }, ...gan({ loss: 'began' }) },
    { scheme: { kind: 'alternating', pace: 'byNorms' }, ...gan({ loss: 'began' }) },
  ],
  ['foresight', { foresight: 'unrolled', ...gan({ frozen: 'discriminator' }) }, { foresight: 'unrolled' }],
  [
    'adjustment',
    { adjustment: 'locallyStable', ...gan({ frozen: 'generator' }) },
    { adjustment: 'locallyStable', game: 'bilinear' },
  ],
  [
    'clipping',
    { scheme: 'bestResponse', game: cards, clipping: 'byNorm' },
    { scheme: 'extragradient', game: cards, clipping: 'byNorm', constraint: 'simplex' },
  ],
  [
    'schedule',
    { scheme: 'fictitiousPlay', game: cards, schedule: 'cosine' },
    { scheme: 'fictitiousPlay', game: cards },
  ],
  [
    'constraint',
    { scheme: 'fictitiousPlay', game: cards, constraint: 'box' },
    { scheme: 'fictitiousPlay', game: cards, constraint: 'simplex' },
  ],
  [
    'generator',
    { scheme: 'fictitiousPlay', game: cards, generator: 'sgd' },
    { game: cards, generator: 'sgd', constraint: 'simplex' },
  ],
  [
    'discriminator',
    { scheme: 'bestResponse', game: cards, discriminator: { kind: 'adam', learningRate: 0.5 } },
    { scheme: 'bestResponse', game: cards },
  ],
  [
    'game.regularisation.packing',
    gan({ batchSize: 2, regularisation: { packing: 3 } }),
    gan({ batchSize: 3, regularisation: { packing: 3 } }),
  ],
  [
    'game.generatorNetwork.normalisation',
    gan({ batchSize: 1, generatorNetwork: { normalisation: 'batch' } }),
    gan({ batchSize: 2, generatorNetwork: { normalisation: 'batch' } }),
  ],
  [
    'game.discriminatorNetwork.normalisation',
    gan({ batchSize: 5, regularisation: { packing: 3 }, discriminatorNetwork: { normalisation: 'batch' } }),
    gan({ batchSize: 6, regularisation: { packing: 3 }, discriminatorNetwork: { normalisation: 'batch' } }),
  ],
  [
    'game.discriminatorNetwork.kernels',
    gan({ batchSize: 1, discriminatorNetwork: { kernels: 3 } }),
    gan({ batchSize: 2, discriminatorNetwork: { kernels: 3 } }),
  ],
  [
    'game.generatorNetwork.kernels',
    gan({ generatorNetwork: { kernels: 3 } }),
    gan({ discriminatorNetwork: { kernels: 3 } }),
  ],
  [
    'clipping.whose',
    { scheme: 'alternating', clipping: { kind: 'byNorm', whose: 'joint' } },
    { scheme: 'extragradient', clipping: { kind: 'byNorm', whose: 'joint' } },
  ],
  [
    'clipping.whose',
    { scheme: 'alternating', clipping: { kind: 'byLargest', whose: 'joint' } },
    { scheme: 'alternating', clipping: { kind: 'byLargest' } },
  ],
  [
    'clipping',
    { clipping: 'byNorm', generator: 'normalized', discriminator: 'normalized' },
    { clipping: 'byValue', generator: 'normalized', discriminator: 'normalized' },
  ],
  [
    'adjustment.variant',
    { adjustment: { kind: 'consensus', control: 'multiplier', variant: 'generator' } },
    { adjustment: { kind: 'consensus', control: 'dual', variant: 'generator' } },
  ],
];

describe('an objection', () => {
  test.each(cases.map((each) => [each[0], JSON.stringify(each[1]), each] as const))(
    'on %s arises for %s, and not for its neighbour',
    (_, __, [path, objectionable, fine]) => {
      expect(about(objectionable)).toEqual([path]);
      expect(about(fine)).toEqual([]);
    },
  );

  test('every need that an entry states is told here', () => {
    const stated = walkEntries().flatMap(({ needs }) => needs ?? []);
    const told = cases.flatMap(([, objectionable]) => objections(experimentOf(objectionable)));
    expect(stated.length).toBeGreaterThan(8);
    for (const { label, needs } of walkEntries()) {
      if (!needs) continue;
      const begins = `${label.charAt(0).toUpperCase()}${label.slice(1)}: `;
      expect(
        told.some(({ message }) => message.startsWith(begins)),
        label,
      ).toBe(true);
    }
  });

  test('is one sentence that says what to choose instead', () => {
    const said = cases.flatMap(([, objectionable]) => objections(experimentOf(objectionable)));
    for (const { message } of said) {
      expect(message).toMatch(/^[A-Z][^;]*; [^;]+[^.;]\.$/);
      expect(message).toMatch(/; (choose|give|leave|do) /);
      expect(message.length).toBeLessThan(200);
    }
  });

  test.each([
    ['the defaults', {}] as const,
    ...presets.map(({ name, experiment }) => [name, experiment] as const),
  ])('is raised to nothing in %s', (_, experiment) => {
    expect(objections(experimentOf(experiment))).toEqual([]);
  });
});
