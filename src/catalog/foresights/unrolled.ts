/** Unrolling: the generator plays against the discriminator as it will be after K steps of its own. */
import { build, type Expr, grad, substitute } from '../../expr/index.ts';
import { choice, group, integer, number, toggle } from '../../settings/index.ts';
import { defineForesight, type Model } from '../kinds.ts';

/** Keeps the root's slope finite where a gradient is zero. */
const SQUARE_GUARD = 1e-16;

const sgd = {
  name: 'sgd',
  label: 'SGD',
  summary: 'Plain descent steps.',
  settings: group({}),
} as const;
const adam = {
  name: 'adam',
  label: 'Adam',
  summary: 'Adam steps that begin with empty moments.',
  settings: group({
    beta1: number({ label: 'β₁', summary: 'As in Adam.', default: 0.5, min: 0, max: 0.999 }),
    beta2: number({ label: 'β₂', summary: 'As in Adam.', default: 0.999, min: 0, max: 0.99999 }),
    epsilon: number({
      label: 'epsilon ε',
      summary: 'As in Adam.',
      default: 1e-8,
      min: 1e-12,
      max: 10,
      scale: 'log',
    }),
  }),
} as const;

export const unrolled = defineForesight({
  name: 'unrolled',
  needs: ['bothLearn'],
  label: 'Unrolled discriminator',
  summary:
    'The generator descends its loss against the discriminator K steps ahead, whose answers it foresees.',
  source: 'Metz et al. 2017 (arXiv:1611.02163), equations 3 to 6',
  formula: 'φ⁰ = φ,  φᵏ⁺¹ = φᵏ − η_u ∇_φ L_D(θ, φᵏ);  the generator descends L_G(θ, φᴷ(θ))',
  settings: group({
    steps: integer({
      label: 'steps K',
      summary: 'Of the discriminator, that the generator looks ahead.',
      default: 5,
      min: 1,
      max: 20,
    }),
    rate: number({
      label: 'rate η_u',
      summary: 'Of the foreseen steps; usually the discriminator’s own.',
      default: 0.001,
      min: 0,
      max: 10,
      scale: 'log',
      zero: true,
    }),
    rule: choice({
      label: 'foreseen rule',
      summary: 'How the foreseen discriminator steps.',
      entries: [sgd, adam],
      default: 'sgd',
    }),
    through: toggle({
      label: 'differentiate through',
      summary:
        'Let the generator feel how it moves the foreseen discriminator. Off: only where that ends up.',
      default: true,
    }),
  }),
  ahead: ({ steps, through }) => ({ steps, through }),
  foresee({ model, parameters, parts }, settings, dial) {
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
  },
});
