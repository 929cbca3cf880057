/** The generator moves, and the discriminator answers to where the generator will be next. */
import { half } from '../../math/field.ts';
import { polynomial, product, scaled, sum } from '../../math/polynomial.ts';
import { group, toggle } from '../../settings/index.ts';
import { defineScheme } from '../kinds.ts';

export const prediction = defineScheme({
  name: 'prediction',
  label: 'Prediction',
  summary:
    'The discriminator answers to the generator’s next point, foretold by its last step: converges on rotations.',
  source: 'Yadav et al. 2018 (arXiv:1705.07364), equation 6; Chambolle & Pock 2011',
  formula: 'θ⁺ = θ − η g_θ(θ, φ);  φ⁺ = φ − η g_φ(2θ⁺ − θ, φ)',
  inTurns: true,
  normalOnly: true,
  settings: group({
    alsoDiscriminator: toggle({
      label: 'foretell the discriminator too',
      summary: 'The generator’s next step then answers to the discriminator’s foretold point.',
      default: false,
    }),
  }),
  /** The discriminator's last change. */
  init: (size, split) => ({ lastChange: new Float64Array(size - split) }),
  step({ point, field, change, move, scratch, split, memory, settings }) {
    const foretold = scratch(2);
    foretold.set(point);
    if (settings.alsoDiscriminator) {
      scratch(3).set(memory.lastChange, split);
      move(foretold, scratch(3), 1, 'discriminator');
    }
    const step = change(field().at(foretold, scratch(0), 'generator'), scratch(1), 'generator');
    move(point, step, 1, 'generator');
    foretold.set(point);
    move(foretold, step, 1, 'generator');
    const answer = change(field().at(foretold, scratch(0), 'discriminator'), scratch(1), 'discriminator');
    move(point, answer, 1, 'discriminator');
    memory.lastChange.set(half(answer, split, 'discriminator'));
  },
  // As alternating steps, but phi answers to (2 z - 1) theta; and theta to (2 - 1 / z) phi, if that is foretold too.
  characteristic({ pull: [s, a], n, d }, { alsoDiscriminator }) {
    const own = sum(product(polynomial(-1, 1), d), scaled(s, n));
    const foretold = polynomial(-1, 2);
    const cross = scaled(a * a, product(foretold, n, n));
    return alsoDiscriminator
      ? sum(product(polynomial(0, 1), own, own), product(foretold, cross))
      : sum(product(own, own), cross);
  },
});
