/** The linear GAN that learns a covariance matrix. */
import { group, integer, numbers } from '../../settings/index.ts';
import { defineGame } from '../kinds.ts';
import { late } from '../late.ts';

export const covariance = defineGame({
  name: 'covariance',
  label: 'Learning a covariance',
  summary:
    'A linear generator against a critic of products: rotations about every root of the data’s covariance.',
  source: 'Daskalakis et al. 2018 (arXiv:1711.00141), section 5',
  formula: 'V(V, W) = ⟨W, Σ − VV′⟩;  data N(0, Σ), G(z) = V z, D(x) = x′W x',
  settings: group({
    deviations: numbers({
      label: 'deviations s',
      summary:
        'Of the data along its axes; as many as dimensions. The eigenvalues are ±i √(2(sᵢ² + sⱼ²)) for i ≤ j, the others 0.',
      default: [1, 0.5],
      min: 0.01,
      max: 10,
      length: [1, 5],
      live: false,
    }),
    instance: integer({
      label: 'instance',
      summary: 'Which random axes.',
      default: 0,
      min: 0,
      max: 1_000_000,
      live: false,
    }),
  }),
  isLate: true,
  write: (...given) => late().writeCovariance(...given),
});
