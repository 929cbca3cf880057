/** One player after the other, each seeing what the last one did. */
import { half, type Player } from '../../math/field.ts';
import { polynomial, product, scaled, sum } from '../../math/polynomial.ts';
import { norm } from '../../math/vector.ts';
import { choice, group, integer, number, pick } from '../../settings/index.ts';
import { defineScheme, type Turn } from '../kinds.ts';

const stepsOf = (who: string) =>
  integer({
    label: `${who} steps`,
    summary: `How many times the ${who} moves in one step.`,
    default: 1,
    min: 1,
    max: 100,
    scale: 'log',
  });

const most = integer({
  label: 'most steps',
  summary: 'Of one player in one step.',
  default: 20,
  min: 1,
  max: 1000,
  scale: 'log',
});

/** Rules that choose how often each player moves while the run goes on (k_D and k_G by metrics). */
const fixed = {
  name: 'fixed',
  label: 'fixed',
  summary: 'As often as the two settings say.',
  settings: group({}),
} as const;
const byLosses = {
  name: 'byLosses',
  label: 'by losses',
  summary: 'Each player moves until its loss is below a threshold, at least once.',
  settings: group({
    discriminatorLoss: number({
      label: 'discriminator threshold',
      summary: 'It moves again while its loss is above.',
      default: 1.4,
      min: -100,
      max: 100,
    }),
    generatorLoss: number({
      label: 'generator threshold',
      summary: 'It moves again while its loss is above.',
      default: 1,
      min: -100,
      max: 100,
    }),
    most,
  }),
} as const;
const wganSchedule = {
  name: 'wgan',
  label: 'WGAN’s schedule',
  summary: '100 discriminator steps in the first 25 steps and in every 500th, else the setting.',
  settings: group({}),
} as const;
const byNorms = {
  name: 'byNorms',
  label: 'by gradient norms',
  summary: 'The discriminator moves as many times as the generator’s gradient is longer. An experiment.',
  settings: group({ most }),
} as const;
const byAccuracy = {
  name: 'byAccuracy',
  label: 'by accuracy',
  summary:
    'Only the discriminator moves while it tells too few samples apart, only the generator while too many. Games without such a share: both.',
  needs: ['accuracy'],
  settings: group({
    low: number({
      label: 'too few below',
      summary: 'Share of samples told apart; chance is 0.5.',
      default: 0.55,
      min: 0,
      max: 1,
    }),
    high: number({
      label: 'too many above',
      summary: 'Share of samples told apart.',
      default: 0.8,
      min: 0,
      max: 1,
    }),
  }),
} as const;

export const alternating = defineScheme({
  name: 'alternating',
  label: 'Alternating',
  summary:
    'The players take turns. On a rotation this circles for ever, neither in nor out, while η·|λ| < 2.',
  source:
    'Goodfellow et al. 2014 (arXiv:1406.2661), algorithm 1; thresholds: GANHacks 11; schedule: code of Arjovsky et al. 2017',
  formula: 'φ ← φ − η g_φ(θ, φ), k_D times;  θ ← θ − η g_θ(θ, φ), k_G times',
  inTurns: true,
  normalOnly: true,
  settings: group({
    discriminatorSteps: stepsOf('discriminator'),
    generatorSteps: stepsOf('generator'),
    first: pick({
      label: 'who moves first',
      summary: 'The order of the players within a step.',
      default: 'discriminator',
      options: {
        discriminator: 'the discriminator, as in the original GAN',
        generator: 'the generator, as in the Dirac-GAN study',
      },
    }),
    pace: choice({
      label: 'pace',
      summary: 'Whether the numbers of steps follow the run.',
      entries: [fixed, byLosses, byAccuracy, wganSchedule, byNorms],
      default: 'fixed',
      live: true,
    }),
  }),
  /** How often each player moved in the last step: what a dynamic pace decided. */
  init: () => ({ generatorMoves: 0, discriminatorMoves: 0, generatorNorm: 0, discriminatorNorm: 0 }),
  step(turn) {
    const { settings, memory } = turn;
    const { first, pace } = settings;
    const order: Player[] =
      first === 'generator' ? ['generator', 'discriminator'] : ['discriminator', 'generator'];
    const times = { generator: settings.generatorSteps, discriminator: settings.discriminatorSteps };
    if (pace.kind === 'wgan' && (turn.step < 25 || turn.step % 500 === 0)) times.discriminator = 100;
    if (pace.kind === 'byNorms' && memory.discriminatorNorm > 0) {
      const ratio = Math.round(memory.generatorNorm / memory.discriminatorNorm);
      times.discriminator = Math.max(1, Math.min(pace.most, ratio));
    }
    if (pace.kind === 'byAccuracy') {
      const told = turn.field().accuracy?.(turn.point) ?? Number.NaN;
      if (told < pace.low) times.generator = 0;
      else if (told > pace.high) times.discriminator = 0;
    }
    const moves = { generator: 0, discriminator: 0 };
    for (const player of order) {
      if (times[player] === 0) continue;
      const again = (loss: number) =>
        pace.kind === 'byLosses'
          ? moves[player] < pace.most &&
            loss > (player === 'generator' ? pace.generatorLoss : pace.discriminatorLoss)
          : moves[player] < times[player];
      let loss: number;
      do {
        loss = takeTurn(turn, player);
        moves[player] += 1;
      } while (again(loss));
    }
    memory.generatorMoves = moves.generator;
    memory.discriminatorMoves = moves.discriminator;
    if (pace.kind === 'byNorms') {
      memory.generatorNorm = norm(half(turn.scratch(2), turn.split, 'generator'));
      memory.discriminatorNorm = norm(half(turn.scratch(2), turn.split, 'discriminator'));
    }
  },
  // (z - 1) theta = -eta h (s theta + a phi), (z - 1) phi = -eta h (s phi - a z theta): the second sees what the
  // first did. After Gidel et al. 2019 (arXiv:1807.04740).
  characteristic({ pull: [s, a], n, d }, { generatorSteps, discriminatorSteps, pace }) {
    if (generatorSteps !== 1 || discriminatorSteps !== 1 || pace.kind !== 'fixed') return undefined;
    const own = sum(product(polynomial(-1, 1), d), scaled(s, n));
    return sum(product(own, own), scaled(a * a, product(polynomial(0, 1), n, n)));
  },
});

type Pacing = Turn<{ pace: { kind: string } }, Record<string, number>>;

/** One move of one player; its loss there, where the pace asks for it. */
function takeTurn({ point, field, change, move, scratch, split, settings }: Pacing, player: Player): number {
  const here = field();
  const gradient = here.at(point, scratch(0), player);
  if (settings.pace.kind === 'byNorms') {
    half(scratch(2), split, player).set(half(gradient, split, player));
  }
  const loss = settings.pace.kind === 'byLosses' ? here.losses(point)[player === 'generator' ? 0 : 1] : 0;
  move(point, change(gradient, scratch(1), player), 1, player);
  return loss;
}
