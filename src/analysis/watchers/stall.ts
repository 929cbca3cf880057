/** Runs that do not get on, although they have not arrived. */
import { rates, untried } from './advice.ts';
import { isDead, isWinning } from './discriminator.ts';
import type { Evidence } from './evidence.ts';
import { heldSince, isUndone, patience, sinceChange } from './lasting.ts';
import { strings } from './strings.ts';
import { defineWatcher } from './watcher.ts';

/** A gradient below this share of the longest one has faded. */
const FADED = 1e-3;
/** Of the point's length, a step: at this pace a change of a hundredth takes 100,000 steps. */
const SLOW = 1e-7;
/** Samples are where they were if no larger share of them has come to modes. */
const SAME = 0.02;
const ADVICE = ['game.loss=nonSaturating', 'generator=adam', 'discriminator=adam'];

export const stall = defineWatcher({
  name: 'stall',
  label: 'stall',
  summary: 'The gradient has faded, or steps are so small that nothing changes, away from any equilibrium.',
  look(evidence) {
    return faded(evidence) ?? slow(evidence);
  },
});

function faded(evidence: Evidence) {
  const { experiment, step, settled } = evidence;
  const seen = sinceChange(evidence);
  const most = Math.max(0, ...seen.map(({ gradients }) => gradients[0]));
  const since = heldSince({ seen, step }, (each) => {
    const isOther = isWinning(each, settled) || isDead(each, settled);
    return isUndone(each.modes) === true && !isOther && each.gradients[0] < FADED * most;
  });
  if (since === undefined) return undefined;
  // Rules that take no heed of a gradient's size still get on.
  const [then, last] = [seen.find(({ step }) => step === since), seen[seen.length - 1]].map(
    (each) => each?.modes,
  );
  if (
    !then ||
    !last ||
    Math.abs(then.near - last.near) > SAME ||
    String(then.covered) !== String(last.covered)
  )
    return undefined;
  const [now] = seen[seen.length - 1].gradients;
  return {
    since,
    figures: { gradient: now, largestGradient: most, steps: step - since },
    sentence: strings.stall.faded(now, most, step - since),
    advice: strings.stall.fadedAdvice(untried(experiment, ADVICE)),
  };
}

function slow(evidence: Evidence) {
  const { experiment, step, isAway, moved } = evidence;
  const seen = sinceChange(evidence);
  const now = seen.at(-1);
  // Whoever is held by a constraint may have arrived.
  if (!now || !isAway || experiment.constraint.kind !== 'none' || isUndone(now.modes) === false)
    return undefined;
  const gradient = Math.hypot(...now.gradients);
  const most = Math.max(...seen.map(({ gradients }) => Math.hypot(...gradients)));
  const way = moved(patience(step));
  if (!way || !(gradient > FADED * most)) return undefined;
  const { steps, distance, length } = way;
  if (!(distance <= SLOW * steps * length)) return undefined;
  const say = strings.stall;
  return {
    since: step - steps,
    figures: { distance, length, steps, gradient },
    sentence: distance === 0 ? say.still(steps) : say.slow(distance, length, steps, gradient),
    advice: say.slowAdvice(rates(experiment)),
  };
}
