/**
 * What readings of a field take, as budgets are counted: in evaluations of the pair F, of which one player's
 * gradient is a half, and in products with its Jacobian. Looking ahead reads the field too.
 */
import type { Experiment } from '../catalog/experiment.ts';
import { foresights } from '../catalog/foresights/index.ts';
import type { Foresight } from '../catalog/kinds.ts';
import type { Player } from '../math/field.ts';

export interface Cost {
  readonly evaluations: number;
  readonly products: number;
}

export interface Costs {
  /** Of F at a point; of one player's half of it. */
  readonly field: Cost;
  readonly half: Readonly<Record<Player, Cost>>;
  /** Of both losses, whose gradients nobody asks for. */
  readonly losses: Cost;
  /** Of a product with the Jacobian of what is read. */
  readonly product: Cost;
}

const PLAIN: Costs = {
  field: { evaluations: 1, products: 0 },
  half: {
    generator: { evaluations: 0.5, products: 0 },
    discriminator: { evaluations: 0.5, products: 0 },
  },
  losses: { evaluations: 0, products: 0 },
  product: { evaluations: 0, products: 1 },
};

export function costsOf({ foresight: settings }: Pick<Experiment, 'foresight'>): Costs {
  if (settings.kind === 'none') return PLAIN;
  const foresight = foresights.find(({ name }) => name === settings.kind) as unknown as Foresight;
  const { steps, through } = foresight.ahead(settings);
  // Each foreseen step follows a gradient of the discriminator; on the way back through it, that gradient is
  // differentiated, and the generator's loss by the discriminator where it ends up, as well as by the generator.
  const ahead = 0.5 * steps;
  const evaluations = ahead + (through ? 0.5 : 0);
  const products = through ? ahead : 0;
  const foreseen = { evaluations: 0.5 + evaluations, products };
  return {
    // The first foreseen step begins where the discriminator is: its own gradient is among them.
    field: foreseen,
    half: { ...PLAIN.half, generator: foreseen },
    losses: { evaluations: ahead, products: 0 },
    // All that a reading is made of is differentiated, what already is a derivative once more.
    product: { evaluations: 0, products: foreseen.evaluations + products },
  };
}
