/** One player after the other, each seeing what the last one did. */
import { half, type Player } from '../../math/field.ts';
import { addScaled } from '../../math/vector.ts';
import { group, integer, pick } from '../../settings/index.ts';
import { defineScheme } from '../kinds.ts';

const stepsOf = (who: string) =>
  integer({
    label: `${who} steps`,
    summary: `How many times the ${who} moves in one step.`,
    default: 1,
    min: 1,
    max: 100,
    scale: 'log',
  });

export const alternating = defineScheme({
  name: 'alternating',
  label: 'Alternating',
  summary:
    'The players take turns. On a rotation this circles for ever, neither in nor out, while η·|λ| < 2.',
  source: 'Goodfellow et al. 2014 (arXiv:1406.2661), algorithm 1; Gauss–Seidel',
  formula: 'φ ← φ − η g_φ(θ, φ), k_D times;  θ ← θ − η g_θ(θ, φ), k_G times',
  settings: group({
    discriminatorSteps: stepsOf('discriminator'),
    generatorSteps: stepsOf('generator'),
    first: pick({
      label: 'who moves first',
      summary: 'The order of the players within a step.',
      default: 'discriminator',
      options: {
        discriminator: 'the discriminator, as in the original GAN',
        generator: 'the generator, as in the Dirac-GAN study',
      },
    }),
  }),
  init: () => ({}),
  step({ point, field, change, scratch, split, settings }) {
    const take = (player: Player, times: number) => {
      for (let turn = 0; turn < times; turn++) {
        const moved = change(field().at(point, scratch(0), player), scratch(1), player);
        addScaled(half(point, split, player), half(moved, split, player), 1);
      }
    };
    const { first, discriminatorSteps, generatorSteps } = settings;
    if (first === 'generator') take('generator', generatorSteps);
    take('discriminator', discriminatorSteps);
    if (first === 'discriminator') take('generator', generatorSteps);
  },
});
