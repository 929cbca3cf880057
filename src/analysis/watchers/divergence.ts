/** Runs that leave every bound, or are about to, and why. */
import type { Experiment } from '../../catalog/experiment.ts';
import { rates, untried } from './advice.ts';
import type { Evidence, Observation } from './evidence.ts';
import { sinceChange } from './lasting.ts';
import type { Leading } from './leading.ts';
import { reachOf } from './stability.ts';
import { strings } from './strings.ts';
import { defineWatcher } from './watcher.ts';

/** A gradient this long is a failure's sign (GANHacks, item 10), if it has grown by as many decades. */
const LONG = 100;
const GROWN = 100;
/** And grew at each of the last so many readings. */
const READINGS = 3;
/** An eigenvalue is told of only if it explains a growth by this factor since it was measured. */
const EXPLAINED = 10;
/** Beside the generator's gradient, one shorter than this has vanished. */
const VANISHED = 1e-6;
/** A real part below this share of the whole is none. */
const SIDEWAYS = 0.05;
const SHORTER = ['clipping=byNorm', 'game.penalty=gradientPenalty'];
/** Of a step that is said to be below a limit: a little less, so that it settles. */
const WELL_BELOW = 0.9;

const joint = ({ gradients }: Observation) => Math.hypot(...gradients);

export const divergence = defineWatcher({
  name: 'divergence',
  label: 'divergence',
  summary: 'The parameters left the finite numbers, or the gradient grows by decades; with the cause.',
  look(evidence) {
    return evidence.diverged ? ended(evidence) : growing(evidence);
  },
});

function ended({ diverged, experiment, seen, leading, step }: Evidence) {
  const at = diverged!.step;
  const say = strings.divergence;
  const last = seen.at(-1);
  const found = explaining(leading(), step);
  if (found) {
    const { size, limit, factor, angle } = found;
    const figures = { step: at, rateTimesEigenvalue: size, limit, angle, factor };
    const sentence =
      limit > 0
        ? say.rate(at, size, limit)
        : isRepelled(found)
          ? say.repelled(at, size)
          : say.rotation(at, size);
    return { since: found.step, figures, sentence, advice: adviceFor(experiment, found) };
  }
  const shorter = say.shorterSteps(rates(experiment), untried(experiment, SHORTER, 1));
  // While the discriminator tells nothing, the generator is pushed in one direction for ever.
  const lost = seen.find(
    ({ gradients: [generator, discriminator], told }) => told && discriminator < VANISHED * generator,
  );
  if (lost) {
    const [generator, discriminator] = lost.gradients;
    const figures = { step: at, generatorGradient: generator, discriminatorGradient: discriminator };
    const sentence = say.vanished(at, discriminator, generator);
    return { since: lost.step, figures, sentence, advice: shorter };
  }
  const largest = last?.largest ?? Number.NaN;
  const figures = { step: at, largest };
  return { since: at, figures, sentence: say.overflow(at, diverged!.player, largest), advice: shorter };
}

function growing(evidence: Evidence) {
  const { experiment, step, leading } = evidence;
  const seen = sinceChange(evidence);
  const lengths = seen.map(joint);
  const now = lengths.length - 1;
  if (now + 1 < READINGS || !(lengths[now] > LONG)) return undefined;
  for (let i = now; i > now - READINGS + 1; i--) if (!(lengths[i] > lengths[i - 1])) return undefined;
  let least = now;
  lengths.forEach((length, i) => {
    if (length > 0 && length < lengths[least]) least = i;
  });
  const from = lengths[least];
  if (!(lengths[now] >= GROWN * from)) return undefined;
  const steps = step - seen[least].step;
  const found = explaining(leading(), step);
  const say = strings.divergence;
  return {
    since: seen[least].step,
    figures: {
      from,
      to: lengths[now],
      steps,
      ...(found ? { rateTimesEigenvalue: found.size, limit: found.limit } : {}),
    },
    sentence: say.growing(from, lengths[now], steps, found?.size, found?.limit),
    advice: found
      ? adviceFor(experiment, found)
      : say.shorterSteps(rates(experiment), untried(experiment, SHORTER, 1)),
  };
}

/** The eigenvalue, if its growth explains what happened since it was measured, or would soon. */
function explaining(found: Leading | undefined, now: number): Leading | undefined {
  if (!found || !(found.size > found.limit)) return undefined;
  const steps = Math.max(1, now);
  return steps * Math.log(found.factor) >= Math.log(EXPLAINED) ? found : undefined;
}

const isRepelled = ({ angle }: Leading) => Math.cos(angle) < -SIDEWAYS;

function adviceFor(experiment: Experiment, { size, limit, angle }: Leading): string {
  const say = strings.divergence;
  const scaled = (factor: number) =>
    rates(experiment).map(({ path, value }) => ({ path, value: WELL_BELOW * factor * value }));
  if (limit > 0) return say.smallerRates(scaled(limit / size));
  const other = reachOf({ ...experiment, scheme: EXTRAGRADIENT } as Experiment)?.limit(angle) ?? 0;
  if (other > 0) {
    return say.otherScheme(['scheme=extragradient'], size < other ? [] : scaled(other / size));
  }
  return say.otherScheme(untried(experiment, ['adjustment=consensus', 'constraint=box']), []);
}

const EXTRAGRADIENT = { kind: 'extragradient', extrapolation: 1 };
