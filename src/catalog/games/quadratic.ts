/** A rotation with attraction, of both players or of one: V = s (theta^2 - phi^2) / 2 + a theta phi. */
import { build } from '../../expr/index.ts';
import { group, number, pick } from '../../settings/index.ts';
import { defineGame } from '../kinds.ts';
import { coordinates, startSetting, zeroSum } from './plane.ts';

export const quadratic = defineGame({
  name: 'quadratic',
  label: 'Quadratic with rotation',
  summary: 'Attraction s and rotation a: the rate must shrink with the square of a / s.',
  source:
    'Mescheder et al. 2017 (arXiv:1705.10461), lemma 4; without rotation, of either sign: Schäfer & Anandkumar 2019 (arXiv:1905.12103), section 4.1',
  formula: 'V(θ, φ) = s (θ² − φ²) / 2 + a θ φ',
  settings: group({
    attraction: number({
      label: 'attraction s',
      summary: 'The real part of both eigenvalues; below 0 the origin is no equilibrium and is to be left.',
      default: 0.2,
      min: -5,
      max: 5,
    }),
    rotation: number({
      label: 'rotation a',
      summary: 'The imaginary part of the eigenvalues s ± i a.',
      default: 1,
      min: -5,
      max: 5,
    }),
    whose: pick({
      label: 'whose attraction',
      summary: 'Which players’ own parameters are drawn to 0.',
      default: 'both',
      options: {
        both: 'both: eigenvalues s ± i a',
        discriminator: 'the discriminator’s: eigenvalues (s ± √(s² − 4a²)) / 2, those of a Dirac-GAN with R1',
        generator: 'the generator’s: the same eigenvalues',
      },
    }),
    start: startSetting([1, 1]),
  }),
  write(stage, { whose, start }) {
    const { theta, phi } = coordinates(stage, start);
    const { mul, add, sub, neg, square, scale } = build;
    const drawn = {
      both: () => sub(square(theta), square(phi)),
      generator: () => square(theta),
      discriminator: () => neg(square(phi)),
    }[whose]();
    const pull = mul(stage.dial('attraction'), scale(drawn, 0.5));
    return {
      losses: zeroSum(add(pull, mul(stage.dial('rotation'), mul(theta, phi)))),
      equilibria: [{ point: [0, 0], label: 'stationary point' }],
      lossesAtEquilibrium: [0, 0],
      picture: { kind: 'plane', extent: 2 },
    };
  },
});
