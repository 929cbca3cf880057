/** How a discriminator is foreseen: its steps as expressions, through which the generator's gradient goes back. */
import { build, type Expr, grad, substitute } from '../../expr/index.ts';
import type { Foresight, Model } from '../kinds.ts';

/** Keeps the root's slope finite where a gradient is zero. */
const SQUARE_GUARD = 1e-16;

interface Chosen {
  readonly steps: number;
  readonly rule: { readonly kind: 'sgd' } | ({ readonly kind: 'adam' } & Adam);
  readonly through: boolean;
}
interface Adam {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}
type Foresee = Foresight['foresee'];

export function foreseeUnrolled(
  { model, parameters, parts }: Parameters<Foresee>[0],
  settings: Chosen,
  dial: Parameters<Foresee>[2],
): ReturnType<Foresee> {
  const { mul, sub, add, div, sqrt, square, constant, input } = build;
  const rate = dial('rate');
  const own = parts.filter((_, i) => parameters[i].player === 'discriminator');
  const [generatorLoss, discriminatorLoss] = model.losses;
  let ahead: Expr[] = own;
  let means = own.map((part) => constant(0, part.shape));
  let squares = means;
  let meanWeight = 1;
  let squareWeight = 1;
  const at = (loss: Expr) => substitute([loss], new Map(own.map((part, i) => [part, ahead[i]])))[0];
  for (let k = 0; k < settings.steps; k++) {
    const gradients = grad(at(discriminatorLoss), ahead);
    if (settings.rule.kind === 'sgd') {
      ahead = ahead.map((part, i) => sub(part, mul(gradients[i], rate)));
    } else {
      const { beta1, beta2, epsilon } = settings.rule;
      meanWeight *= beta1;
      squareWeight *= beta2;
      const mix = (old: Expr, value: Expr, share: number) =>
        add(mul(old, constant(share)), mul(value, constant(1 - share)));
      means = means.map((mean, i) => mix(mean, gradients[i], beta1));
      squares = squares.map((mean, i) => mix(mean, square(gradients[i]), beta2));
      ahead = ahead.map((part, i) => {
        const mean = div(means[i], constant(1 - meanWeight));
        const scale = add(div(squares[i], constant(1 - squareWeight)), constant(SQUARE_GUARD));
        return sub(part, mul(div(mean, add(sqrt(scale), constant(epsilon))), rate));
      });
    }
  }
  const foreseen: Model['losses'] = [at(generatorLoss), discriminatorLoss];
  if (settings.through) return { losses: foreseen, directions: model.directions };
  // Held where it ends up while the generator's gradient is taken, and only then put there: so the field's
  // own derivatives still know that it moves.
  const held = own.map((part, i) => input(`foresight.held${i}`, part.shape));
  const [against] = substitute([generatorLoss], new Map(own.map((part, i) => [part, held[i]])));
  const mine = parts.filter((_, i) => parameters[i].player === 'generator');
  const there = new Map(held.map((part, i) => [part, ahead[i]]));
  const directions = substitute(grad(against, mine), there);
  return {
    losses: foreseen,
    directions: new Map([
      ...(model.directions ?? []),
      ...mine.map((part, i) => [part, directions[i]] as const),
    ]),
  };
}
