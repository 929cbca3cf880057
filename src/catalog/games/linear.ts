/** Linear and quadratic games of more dimensions, with prescribed spectra: the linear WGAN and random games. */
import { build } from '../../expr/index.ts';
import { group, integer, number, numbers } from '../../settings/index.ts';
import { defineGame } from '../kinds.ts';
import { late } from '../late.ts';
import { zeroSum } from './plane.ts';

export const linearWgan = defineGame({
  name: 'linearWgan',
  label: 'Linear WGAN',
  summary:
    'A generator of one point against a linear critic: several rotations at once, about the data’s mean.',
  source: 'Daskalakis et al. 2018 (arXiv:1711.00141), section 2 and its notebook',
  formula: 'V(θ, w) = ⟨w, v − θ⟩',
  settings: group({
    target: numbers({
      label: 'data mean v',
      summary: 'What the generator is to reach.',
      default: [3, 4],
      min: -100,
      max: 100,
      length: [1, 20],
      live: false,
    }),
    startGenerator: number({
      label: 'start θ',
      summary: 'Of each coordinate.',
      default: 1.7,
      min: -100,
      max: 100,
      live: false,
    }),
    startCritic: number({
      label: 'start w',
      summary: 'Of each coordinate.',
      default: 1.4,
      min: -100,
      max: 100,
      live: false,
    }),
  }),
  write(stage, { target, startGenerator, startCritic }) {
    const fill = (value: number) => (_stream: unknown, _shape: unknown, out: Float64Array) => out.fill(value);
    const size = target.length;
    const theta = stage.parameter('generator', 'theta', [size], fill(startGenerator));
    const critic = stage.parameter('discriminator', 'w', [size], fill(startCritic));
    return {
      losses: zeroSum(build.dot(critic, build.sub(build.constant(target, [size]), theta))),
      equilibria: [{ point: [...target, ...target.map(() => 0)], label: 'equilibrium' }],
      lossesAtEquilibrium: [0, 0],
      picture: { kind: 'parameters' },
    };
  },
});

export const shiftedBilinear = defineGame({
  name: 'shiftedBilinear',
  label: 'Bilinear, many dimensions',
  summary: 'One rotation for each singular value of M, fast ones and slow ones, about a point of its own.',
  source: 'Gidel et al. 2019 (arXiv:1802.10551), section 2; Daskalakis et al. 2018 (arXiv:1711.00141)',
  formula: 'V(θ, φ) = θ′Mφ + θ′b + c′φ',
  settings: group({
    singularValues: numbers({
      label: 'singular values σ of M',
      summary: 'The Jacobian’s eigenvalues are ±i σ.',
      default: [1, 0.5, 0.25],
      min: 0.001,
      max: 10,
      length: [1, 50],
      live: false,
    }),
    shift: number({
      label: 'shift',
      summary: 'Standard deviation of the equilibrium’s coordinates; 0 puts it at the origin.',
      default: 1,
      min: 0,
      max: 100,
      scale: 'log',
      zero: true,
      live: false,
    }),
    instance: integer({
      label: 'instance',
      summary: 'Which random matrix and equilibrium.',
      default: 0,
      min: 0,
      max: 1_000_000,
      live: false,
    }),
  }),
  isLate: true,
  write: (...given) => late().writeShiftedBilinear(...given),
});

export const randomQuadratic = defineGame({
  name: 'randomQuadratic',
  label: 'Random quadratic',
  summary:
    'Many dimensions with curvatures between μ and L and rotations up to σ: a spectrum to one’s measure.',
  source: 'the quadratic games of Azizian et al. 2020 (arXiv:1906.05945), section 5',
  formula: 'V(θ, φ) = ½θ′Aθ + θ′Bφ − ½φ′Cφ',
  settings: group({
    dimension: integer({
      label: 'dimension',
      summary: 'Parameters of each player.',
      default: 10,
      min: 1,
      max: 200,
      scale: 'log',
      live: false,
    }),
    least: number({
      label: 'least curvature μ',
      summary: 'Of both players.',
      default: 0.1,
      min: 0,
      max: 10,
      live: false,
    }),
    most: number({
      label: 'most curvature L',
      summary: 'Of both players.',
      default: 1,
      min: 0,
      max: 10,
      live: false,
    }),
    rotation: number({
      label: 'rotation σ',
      summary: 'The largest singular value of B.',
      default: 1,
      min: 0,
      max: 10,
      live: false,
    }),
    instance: integer({
      label: 'instance',
      summary: 'Which random game.',
      default: 0,
      min: 0,
      max: 1_000_000,
      live: false,
    }),
  }),
  isLate: true,
  write: (...given) => late().writeRandomQuadratic(...given),
});
