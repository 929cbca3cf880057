/** The outermost eigenvalues of the Jacobian, of any size, by products alone. */
import { leadingEigenvalues } from '../math/krylovSchur.ts';
import { stream } from '../math/random.ts';
import { group, integer, number } from '../settings/index.ts';
import { matrixSettings, orderSetting } from './choices.ts';
import { matrixAt } from './matrices.ts';
import { defineLongProbe } from './probe.ts';

/** What is reached after so many is what there is: a restart of 20 costs eleven products. */
const RESTARTS = 50;

export const leadingSpectrum = defineLongProbe({
  name: 'leadingSpectrum',
  label: 'leading eigenvalues',
  summary: 'The outermost eigenvalues of the Jacobian, of any size, with their residuals (Krylov–Schur).',
  cost: 'long',
  settings: group({
    ...matrixSettings,
    ...orderSetting,
    count: integer({
      label: 'count',
      summary: 'How many; a conjugate pair stays together.',
      default: 20,
      min: 1,
      max: 40,
    }),
    tolerance: number({
      label: 'tolerance',
      summary: 'For the residual ‖J v − λ v‖, beside the largest |λ|.',
      default: 1e-4,
      min: 1e-12,
      max: 0.1,
      scale: 'log',
    }),
  }),
  fits: () => true,
  *work(moment, settings) {
    const { step, experiment } = moment;
    const { size, apply } = matrixAt(moment, settings);
    const { matrix, wanted, count, tolerance } = settings;
    const found = yield* leadingEigenvalues(apply, size, {
      wanted,
      count,
      tolerance,
      dimensions: Math.max(20, count + 30),
      restarts: RESTARTS,
      start: (draw) => stream(experiment.seed, 'spectrum', step, draw),
    });
    const { re, im, residuals, converged, products, finite } = found;
    return { step, matrix, size, wanted, re, im, residuals, converged, products, finite };
  },
});
