/** Adam and its close kin: AMSGrad (never forgets a large gradient) and AdamW (decay apart from the gradient). */
import { group, number, pick, toggle } from '../../settings/index.ts';
import { defineRule } from '../kinds.ts';
import { beta1, beta2, epsilon } from './betas.ts';
import { learningRate } from './learningRate.ts';

export const adam = defineRule({
  name: 'adam',
  label: 'Adam',
  summary: 'Momentum divided by the root of the recent mean square; all coordinates move at about the rate.',
  source:
    'Kingma & Ba 2015 (arXiv:1412.6980), algorithm 1; ε-hat: end of its section 2; AMSGrad: Reddi et al. 2018, PyTorch’s form; decay: Loshchilov & Hutter 2019 (arXiv:1711.05101)',
  formula: 'm ← β₁m + (1−β₁)g;  v ← β₂v + (1−β₂)g²;  w ← w − η m̂ / (√v̂ + ε)',
  linear: false,
  settings: group({
    learningRate: learningRate(0.001),
    beta1: beta1(0.5),
    beta2,
    epsilon,
    epsilonMode: pick({
      label: 'epsilon convention',
      summary: 'Where the bias correction of the scale is applied: before or after epsilon is added.',
      default: 'standard',
      options: {
        standard: 'the paper’s algorithm, PyTorch: √v̂ + ε',
        hat: 'TensorFlow 1, Keras: the rate carries the correction, √v + ε̂',
      },
    }),
    biasCorrectSquare: toggle({
      label: 'correct the scale’s bias',
      summary: 'Some published notebooks leave this correction out.',
      default: true,
    }),
    amsgrad: toggle({
      label: 'AMSGrad',
      summary: 'Divide by the largest mean square so far instead of the present one.',
      default: false,
    }),
    weightDecay: number({
      label: 'weight decay',
      summary: 'Shrinks the weights by this share of the rate in each step, apart from the gradient (AdamW).',
      default: 0,
      min: 0,
      max: 10,
      scale: 'log',
      zero: true,
    }),
  }),
  init: (size, { amsgrad }) => ({
    mean: new Float64Array(size),
    square: new Float64Array(size),
    largest: new Float64Array(amsgrad ? size : 0),
    // β₁^t and β₂^t as repeated products: exactly rounded, hence the same everywhere.
    meanWeight: 1,
    squareWeight: 1,
  }),
  update(gradient, memory, settings, change, { point }) {
    const { learningRate: rate, beta1: b1, beta2: b2, epsilon: eps, amsgrad, weightDecay } = settings;
    const { mean, square, largest } = memory;
    memory.meanWeight *= b1;
    memory.squareWeight *= b2;
    const meanBias = 1 - memory.meanWeight;
    const squareBias = settings.biasCorrectSquare ? 1 - memory.squareWeight : 1;
    // √(v/b) + ε, and √v/√b + ε̂/√b, both as √v·scale + added.
    const scale = 1 / Math.sqrt(squareBias);
    const added = settings.epsilonMode === 'hat' ? eps * scale : eps;
    const step = -rate / meanBias;
    const decay = -rate * weightDecay;
    const freshMean = 1 - b1;
    const freshSquare = 1 - b2;
    const safe = added > 0; // else 0/0 where there was no gradient yet: no move
    for (let i = 0; i < gradient.length; i++) {
      const g = gradient[i];
      const m = b1 * mean[i] + freshMean * g;
      const v = b2 * square[i] + freshSquare * g * g;
      mean[i] = m;
      square[i] = v;
      let used = v;
      if (amsgrad) {
        used = v > largest[i] ? v : largest[i];
        largest[i] = used;
      }
      const root = Math.sqrt(used) * scale + added;
      change[i] = safe || root !== 0 ? (step * m) / root : 0;
    }
    if (decay !== 0) for (let i = 0; i < change.length; i++) change[i] += decay * point[i];
  },
});
