/** The f-GAN family: a variational bound on any f-divergence. */
import { build, type Expr } from '../../expr/index.ts';
import { group, pick } from '../../settings/index.ts';
import { defineLoss } from '../kinds.ts';

const { add, sub, neg, exp, square, scale, softplus, tanh, constant } = build;

/** Output activation g and conjugate f*, as functions of the score v and of t = g(v). */
interface Divergence {
  g(v: Expr): Expr;
  /** f*(g(v)), written so that it neither overflows nor cancels. */
  conjugate(v: Expr): Expr;
  /** The value of g at equilibrium, f'(1); f* is f'(1) - f(1) there. Undefined where the score is free. */
  slope: number | undefined;
  /** The score v there, g(v) = f'(1): 0 unless said. */
  score?: number;
}

const divergences: Record<string, Divergence> = {
  kl: { g: (v) => v, conjugate: (v) => exp(sub(v, constant(1))), slope: 1, score: 1 },
  reverseKl: {
    g: (v) => neg(exp(neg(v))),
    conjugate: (v) => sub(v, constant(1)), // -1 - ln(-t) with t = -e^-v
    slope: -1,
  },
  pearson: { g: (v) => v, conjugate: (v) => add(scale(square(v), 0.25), v), slope: 0 },
  hellinger: {
    g: (v) => sub(constant(1), exp(neg(v))),
    conjugate: (v) => sub(exp(v), constant(1)), // t / (1 - t) with t = 1 - e^-v
    slope: 0,
  },
  jensenShannon: {
    g: (v) => sub(constant(Math.LN2), softplus(neg(v))),
    // -ln(2 - e^t) = -ln(2 - 2 sigmoid(v)) = sp(v) - ln 2
    conjugate: (v) => sub(softplus(v), constant(Math.LN2)),
    slope: 0,
  },
  gan: {
    g: (v) => neg(softplus(neg(v))),
    conjugate: softplus, // -ln(1 - e^t) = -ln(1 - sigmoid(v)) = sp(v)
    slope: -Math.LN2,
  },
  totalVariation: { g: (v) => scale(tanh(v), 0.5), conjugate: (v) => scale(tanh(v), 0.5), slope: undefined },
};

export const fGan = defineLoss({
  name: 'fGan',
  label: 'f-divergence',
  summary:
    'A bound on a chosen f-divergence; the generator descends it, or the alternative that does not fade.',
  source: 'Nowozin et al. 2016 (arXiv:1606.00709), equation 4, tables 2 and 6',
  formula: 'L_D = −E g(s_real) + E f*(g(s_fake)),  L_G = −E f*(g(s_fake)) or −E g(s_fake)',
  zeroSum: false,
  settings: group({
    divergence: pick({
      label: 'divergence',
      summary: 'Between the data and the generator.',
      default: 'jensenShannon',
      options: {
        kl: 'Kullback–Leibler',
        reverseKl: 'reverse Kullback–Leibler',
        pearson: 'Pearson χ²',
        hellinger: 'squared Hellinger',
        jensenShannon: 'Jensen–Shannon',
        gan: 'that of the original GAN',
        totalVariation: 'total variation',
      },
    }),
    generator: pick({
      label: 'generator',
      summary: 'What it descends.',
      default: 'saturating',
      options: { saturating: 'the bound itself: zero-sum', nonSaturating: 'the alternative −E g(s_fake)' },
    }),
  }),
  write({ real, fake, mean }, { divergence, generator }) {
    const { g, conjugate } = divergences[divergence];
    const onFake = mean(conjugate(fake));
    return [generator === 'saturating' ? neg(onFake) : neg(mean(g(fake))), sub(onFake, mean(g(real)))];
  },
  atEquilibrium({ divergence, generator }) {
    const { slope } = divergences[divergence];
    if (slope === undefined) return undefined;
    // f(1) is -2 ln 2 in the GAN row and 0 in the others.
    const conjugateThere = divergence === 'gan' ? Math.LN2 : slope;
    return [generator === 'saturating' ? -conjugateThere : -slope, conjugateThere - slope];
  },
  level: ({ divergence }) => divergences[divergence].score ?? 0,
});
