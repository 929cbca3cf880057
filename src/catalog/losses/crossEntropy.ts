/** The discriminator's side of the GAN losses that classify real against generated. */
import { build, type Expr } from '../../expr/index.ts';
import { number } from '../../settings/index.ts';
import type { Scores, Stage } from '../kinds.ts';

/** One-sided label smoothing (Salimans et al. 2016, section 3.4): the target for real samples. */
export const realLabel = number({
  label: 'real label',
  summary: 'The target for real samples; 0.9 smooths it, so that the discriminator is never too sure.',
  default: 1,
  min: 0.5,
  max: 1,
});

/**
 * E[l sp(-s) + (1 - l) sp(s)] over real scores + E sp(s) over generated ones, l the dial `loss.realLabel`:
 * the logistic cross-entropy, both halves summed; 2 ln 2 at chance.
 */
export function discriminatorCrossEntropy({ real, fake, mean }: Scores, stage: Stage): Expr {
  const { add, sub, mul, softplus, neg, constant } = build;
  // sp(s) = sp(-s) + s
  const unsure = sub(constant(1), stage.dial('loss.realLabel'));
  const onReal = add(mean(softplus(neg(real))), mul(unsure, mean(real)));
  return add(onReal, mean(softplus(fake)));
}

/** The score s at which a discriminator who knows nothing does best: sigmoid(s) = l / 2 for the real label l. */
export const unsureScore = (label: number) => Math.log(label / (2 - label));

/** Its loss there: 2 sp(s) - l s, which is 2 ln 2 for l = 1. */
export const unsureLoss = (label: number) => 2 * Math.log(2 / (2 - label)) - label * unsureScore(label);
