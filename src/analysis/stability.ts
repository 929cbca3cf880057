/**
 * Where in the complex plane a linear method is stable: the spectral radius of its step as a function of rate
 * times eigenvalue, put together from what the chosen entries say of themselves.
 *
 * A fixed point of a step T attracts if the spectral radius of T' is below 1 there (Ostrowski 1966); for GANs:
 * Mescheder et al. 2017 (arXiv:1705.10461), lemma 4; Gidel et al. 2019 (arXiv:1802.10551); with lookahead:
 * Chavdarova et al. 2021 (arXiv:2006.14567).
 */
import { adjustments } from '../catalog/adjustments/index.ts';
import type { Experiment } from '../catalog/experiment.ts';
import type { Adjustment, Filter, Rule, Schedule } from '../catalog/kinds.ts';
import { rules } from '../catalog/rules/index.ts';
import { schedules } from '../catalog/schedules/index.ts';
import { type Complex, modulus } from '../math/complex.ts';
import type { Player } from '../math/field.ts';
import { largestRoot, type Polynomial, polynomial, roots } from '../math/polynomial.ts';
import { find, lookaheadOf, periodOf, schemeOf } from './period.ts';

export { periodOf, schemeOf } from './period.ts';

/** The spectral radius of a step where the game's Jacobian has the eigenvalues re ± i im, per step. */
export type Radius = (re: number, im: number, rate: number) => number;

export type Stability =
  | {
      readonly radius: Radius;
      /** The generator's learning rate in this step, its schedule counted in. */
      readonly rate: number;
      /** The discriminator's, in units of the generator's. */
      readonly ratio: number;
      /** Whether it holds for every Jacobian with such an eigenvalue, and not for normal ones only. */
      readonly everyJacobian: boolean;
    }
  | {
      readonly radius?: undefined;
      /** One sentence. */
      readonly why: string;
      /** Whether steps are linear all the same, so that a radius can be read off from them. */
      readonly linear: boolean;
    };

const ruleOf = (experiment: Experiment, player: Player) => find<Rule>(rules, experiment[player]);
const adjustmentOf = ({ adjustment }: Experiment) => find<Partial<Adjustment>>(adjustments, adjustment);

/** A player's learning rate in a step, its schedule counted in. */
export function rateOf(experiment: Experiment, player: Player, step: number): number {
  const settings = experiment[player] as { learningRate: number };
  const { kind } = experiment.schedule;
  const factor = kind === 'none' ? 1 : find<Schedule>(schedules, { kind }).factor(step, experiment.schedule);
  return factor * (ruleOf(experiment, player).rate?.(settings) ?? settings.learningRate);
}

/** The rule n(z) / d(z) of a filter: now + past / (z - memory). */
const asFraction = ({ memory, now, past }: Filter): { n: Polynomial; d: Polynomial } =>
  past === 0
    ? { n: polynomial(now), d: polynomial(1) }
    : { n: polynomial(past - now * memory, now), d: polynomial(-memory, 1) };

/**
 * The stability of an experiment's method in its step number `step`. Eigenvalues are those of the game's Jacobian
 * near an equilibrium, the discriminator's rows times `ratio`. Clipping, constraints and averages have no part in
 * it: there gradients are short, the point is inside, and averages are not fed back.
 */
export function stabilityOf(experiment: Experiment, step = 0): Stability {
  const without = (why: string, linear = false): Stability => ({ why, linear });
  const scheme = schemeOf(experiment);
  const rule = ruleOf(experiment, 'generator');
  const otherRule = ruleOf(experiment, 'discriminator');
  const lookahead = lookaheadOf(experiment);
  const adjustment = adjustmentOf(experiment);
  if (!scheme.characteristic)
    return without(`${scheme.label} is no linear step: it is drawn at random, or a choice of actions.`);
  if ((experiment.averaging as { restart?: number }).restart)
    return without('Restarts from the average are drawn at random.');
  for (const { linear, label } of [rule, otherRule])
    if (!linear)
      return without(`${label} is not linear: how far it steps depends on more than the gradient.`);
  const filter = rule.filter?.(experiment.generator) as Filter;
  const other = otherRule.filter?.(experiment.discriminator) as Filter;
  if (filter.memory !== other.memory || filter.now !== other.now || filter.past !== other.past)
    return without('The players follow different rules, so no single number stands for both.', true);
  const rate = rateOf(experiment, 'generator', step);
  const otherRate = rateOf(experiment, 'discriminator', step);
  if (!(rate > 0 && otherRate > 0)) return without('A player whose learning rate is 0 does not learn.');
  const everyJacobian = !(scheme.normalOnly || adjustment.normalOnly);
  if (rate !== otherRate && !everyJacobian)
    return without('The learning rates differ, and this method tells the players apart.', true);

  const bent = (lambda: Complex): Complex | undefined =>
    adjustment.name === 'none' ? lambda : adjustment.eigenvalue?.(lambda, experiment.adjustment);
  const { n, d } = asFraction(filter);
  const characteristic = (re: number, im: number, eta: number): Polynomial | undefined => {
    const lambda: Complex = [re, -im];
    const adjusted = bent(lambda);
    if (!adjusted) return undefined;
    const game: Complex = [eta * re, -eta * im];
    const pull: Complex = adjusted === lambda ? game : [eta * adjusted[0], eta * adjusted[1]];
    return scheme.characteristic?.({ pull, game, filter, n, d }, experiment.scheme);
  };
  const example = characteristic(0.5, 1, 1);
  if (!example) return without('No formula is written down for these settings.', true);
  if (lookahead.name === 'none') {
    const radius: Radius = (re, im, eta) => largestRoot(characteristic(re, im, eta) as Polynomial);
    return { radius, rate, ratio: otherRate / rate, everyJacobian };
  }
  // Lookahead goes back with the point only, not with what is remembered: one number then no longer tells a step.
  const remembers = example.length - 1 > (scheme.inTurns ? 2 : 1);
  if (remembers || !lookahead.eigenvalue?.([1, 0], experiment.lookahead))
    return without('Lookahead over steps with a memory has no formula.', true);
  const period = periodOf(experiment);
  const radius: Radius = (re, im, eta) => {
    let largest = 0;
    for (const each of roots(characteristic(re, im, eta) as Polynomial))
      largest = Math.max(largest, modulus(lookahead.eigenvalue?.(each, experiment.lookahead) as Complex));
    return largest ** (1 / period);
  };
  return { radius, rate, ratio: otherRate / rate, everyJacobian };
}
