/** The discriminator's side of the GAN losses that classify real against generated. */
import { build, type Expr } from '../../expr/index.ts';
import type { Scores } from '../kinds.ts';

/** E sp(-s_real) + E sp(s_fake): the logistic cross-entropy, both halves summed; 2 ln 2 at chance. */
export function discriminatorCrossEntropy({ real, fake }: Scores): Expr {
  return build.add(build.mean(build.softplus(build.neg(real))), build.mean(build.softplus(fake)));
}
