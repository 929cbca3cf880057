/** Discriminators that have won, so that nothing is left to learn from them, or that tell nothing apart. */
import { rates, untried } from './advice.ts';
import type { Evidence, Observation, Told } from './evidence.ts';
import { heldSince, isUndone, sinceChange } from './lasting.ts';
import { strings } from './strings.ts';
import { defineWatcher } from './watcher.ts';

/** All but one in a hundred samples told apart, and a loss below this share of the equilibrium's. */
const ACCURATE = 0.99;
const SMALL_LOSS = 0.04;
/** Where the equilibrium's loss is not known: chances given to the wrong kind. */
const CHANCE = 0.02;
/** A gradient below this share of the longest one has faded. */
const FADED = 1e-2;
/**
 * Logits that differ less than this, beside their size, do not differ; stricter where nobody counts modes, and
 * where the loss leaves it open how far scores lie apart.
 */
const SAME = 1e-3;
const SURELY_SAME = 1e-6;
/** Who never told so much apart was not alive before. */
const ALIVE = 0.01;
/** Losses within this share of the equilibrium's look like it: a batch's, and their mean. */
const LOOKS = 0.01;
const LOOKS_ON_AVERAGE = 0.003;
/** Over so many newest steps. */
const AVERAGED = 200;

const HOLD_BACK = [
  'game.loss=nonSaturating',
  'game.penalty=zeroCentred',
  'game.regularisation.instanceNoise=0.1',
];
const REVIVE = ['discriminator=adam', 'game.discriminatorNetwork.activation=leakyRelu', 'adjustment=none'];

export function isWinning({ told, losses }: Observation, settled: Evidence['settled']): boolean {
  if (!told || told.accuracy < ACCURATE) return false;
  if (settled && settled[1] > 0) return losses[1] <= SMALL_LOSS * settled[1];
  return told.fake <= CHANCE && told.real >= 1 - CHANCE;
}

export function isDead({ told, modes }: Observation, settled: Evidence['settled']): boolean {
  if (!told || isUndone(modes) === false) return false;
  return variety(told) <= (modes && settled ? SAME : SURELY_SAME);
}

const variety = ({ spread, level }: Told) => spread / (1 + Math.abs(level));

export const discriminator = defineWatcher({
  name: 'discriminator',
  label: 'discriminator',
  summary: 'It has won and the generator learns nothing from it, or it gives all samples the same score.',
  look: (evidence) => unsure(evidence) ?? dead(evidence) ?? winning(evidence),
});

function dead(evidence: Evidence) {
  const { experiment, step, settled } = evidence;
  const since = heldSince(evidence, (each) => isDead(each, settled));
  const last = evidence.seen.at(-1);
  const wasAlive = evidence.seen.some(({ told }) => told && variety(told) > ALIVE);
  if (since === undefined || !last?.told || !wasAlive) return undefined;
  const { level, spread } = last.told;
  const [gradient] = last.gradients;
  const own = rates(experiment).filter(({ path }) => path.startsWith('discriminator'));
  return {
    since,
    figures: { level, spread, generatorGradient: gradient, steps: step - since },
    sentence: strings.discriminator.dead(level, spread, step - since, gradient),
    advice: strings.discriminator.deadAdvice(own, untried(experiment, REVIVE, 1)),
  };
}

/** Losses like the equilibrium's, without its samples: a discriminator that tells nothing apart has them as well. */
function unsure(evidence: Evidence) {
  const { step, settled } = evidence;
  if (!settled) return undefined;
  const isNear = (losses: readonly number[], share: number) =>
    settled.every((loss, i) => Math.abs(losses[i] - loss) <= share * Math.abs(loss));
  const seen = sinceChange(evidence);
  const since = heldSince(
    { seen, step },
    (each) => isUndone(each.modes) === true && isNear(each.losses, LOOKS),
  );
  const last = seen.at(-1);
  const modes = last?.modes;
  if (since === undefined || !modes) return undefined;
  const { generator, discriminator: own } = evidence.losses();
  const means = [generator, own].map((series) => meanOf(series.subarray(-AVERAGED)));
  if (!isNear(means, LOOKS_ON_AVERAGE)) return undefined;
  const { covered, total, highQuality, real } = modes;
  return {
    since,
    figures: {
      generatorLoss: means[0],
      discriminatorLoss: means[1],
      covered: covered.length,
      total,
      highQuality,
      steps: step - since,
    },
    sentence: strings.discriminator.falseEquilibrium(
      means[0],
      means[1],
      covered.length,
      total,
      real === undefined ? highQuality : undefined,
      step - since,
    ),
    advice: strings.discriminator.falseAdvice(isDead(last, settled), adviceForUnsure(evidence)),
  };
}

/** A strong adjustment holds the discriminator down; else it is small steps. */
function adviceForUnsure({ experiment }: Evidence): string[] {
  const { adjustment } = experiment;
  const weight = 'control' in adjustment && 'weight' in adjustment.control ? adjustment.control.weight : 0;
  if (weight > 0) return [`adjustment.control.weight=${Number((weight / 10).toPrecision(3))}`];
  return untried(experiment, ['adjustment=none', ...REVIVE], 1);
}

const meanOf = (series: Float64Array) => series.reduce((sum, value) => sum + value / series.length, 0);

function winning(evidence: Evidence) {
  const { experiment, step, settled } = evidence;
  const seen = sinceChange(evidence);
  const since = heldSince({ seen, step }, (each) => isWinning(each, settled));
  const last = seen.at(-1);
  if (since === undefined || !last?.told) return undefined;
  const { accuracy, fake } = last.told;
  const [gradient] = last.gradients;
  const [generatorLoss, loss] = last.losses;
  const most = Math.max(...seen.map(({ gradients }) => gradients[0]));
  const say = strings.discriminator;
  const hasFaded = gradient < FADED * most;
  return {
    since,
    figures: {
      accuracy,
      chance: fake,
      loss,
      generatorLoss,
      generatorGradient: gradient,
      steps: step - since,
    },
    sentence: `${say.strong(accuracy, step - since, fake, loss)}${
      hasFaded ? say.fadedGenerator(gradient, most) : say.lostGenerator(generatorLoss)
    }`,
    advice: say.strongAdvice(untried(experiment, HOLD_BACK)),
  };
}
