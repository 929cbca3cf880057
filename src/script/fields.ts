/** The joint gradient of a game as Python, from written gradients or by autograd, and its Jacobian products. */
import type { Experiment } from '../catalog/experiment.ts';
import type { Model } from '../catalog/kinds.ts';
import type { Expr } from '../expr/index.ts';
import type { Player } from '../math/field.ts';
import type { Asked } from './game.ts';

/** F from gradients that are written out. */
export function numpyField(
  model: Model,
  directed: (player: Player) => readonly Expr[],
  batch: string,
): string {
  const half = (player: Player, test: string, range: string) =>
    model.frozen === player
      ? [`    # The ${player} is held fixed: its part stays 0.`]
      : [
          `    if player != "${test}":`,
          `        F[${range}] = ${player}_${directed(player).length > 0 ? 'direction' : 'gradient'}(*unpack(w)${batch})`,
        ];
  return [
    `def field(w${batch}, player=None):`,
    '    """The joint gradient F(w): each player\'s gradient of its own loss. A step goes against it."""',
    '    F = np.zeros(SIZE)',
    ...half('generator', 'discriminator', ':SPLIT'),
    ...half('discriminator', 'generator', 'SPLIT:'),
    '    return F',
  ].join('\n');
}

/** F by autograd. */
export function torchField(
  experiment: Experiment,
  model: Model,
  directed: (player: Player) => readonly Expr[],
  batch: string,
  foresees: boolean,
): string {
  const { foresight } = experiment;
  const texts: string[] = [];
  if (foresees && foresight.kind === 'unrolled') {
    texts.push(foresights[foresight.kind](foresight, batch));
  }
  const through = foresight.kind !== 'unrolled' || foresight.through;
  const half = (player: Player) => {
    const variable = player === 'generator' ? 'w_g' : 'w_d';
    const other = player === 'generator' ? 'discriminator' : 'generator';
    if (model.frozen === player) return [`    # The ${player} is held fixed: its part stays 0.`];
    if (directed(player).length > 0) {
      return [
        `    if player != "${other}":`,
        `        F_${player[0]} = ${player}_direction(*unpack(w_g, w_d)${batch})`,
      ];
    }
    const isForeseen = foresees && player === 'generator';
    const lines = [`    if player != "${other}":`];
    if (isForeseen) lines.push(`        ahead = foreseen(w_g, w_d${batch})`);
    // Held where it ends up: the generator does not feel that it moves the discriminator.
    if (isForeseen && !through)
      lines.push('        w_g = w_g.clone()  # only what comes after `ahead` is differentiated');
    lines.push(
      `        loss = ${player}_loss(*unpack(w_g, ${isForeseen ? 'ahead' : 'w_d'})${batch}) + 0 * ${variable}.sum()`,
      `        F_${player[0]} = torch.autograd.grad(loss, ${variable}, create_graph=create_graph)[0]`,
    );
    return lines;
  };
  texts.push(
    [
      `def field(w${batch}, player=None, create_graph=False):`,
      '    """The joint gradient F(w): each player\'s gradient of its own loss. A step goes against it."""',
      '    if not create_graph:',
      '        w = w.detach().requires_grad_()',
      '    w_g, w_d = w[:SPLIT], w[SPLIT:]',
      '    F_g, F_d = torch.zeros(SPLIT), torch.zeros(SIZE - SPLIT)',
      ...half('generator'),
      ...half('discriminator'),
      '    F = torch.cat([F_g.reshape(-1), F_d.reshape(-1)])',
      '    return F if create_graph else F.detach()',
    ].join('\n'),
  );
  return texts.join('\n\n\n');
}

/** By the foresight's name: how the generator foresees the discriminator, where autograd is to find what that means. */
export const foresights = { unrolled: unrolledText } as const;

type Unrolled = Extract<Experiment['foresight'], { kind: 'unrolled' }>;

function unrolledText({ steps, rule }: Unrolled, batch: string): string {
  const gradient = `        gradient = torch.autograd.grad(
            discriminator_loss(*unpack(w_g, ahead)${batch}), ahead, create_graph=True
        )[0]`;
  const begin = [
    `def foreseen(w_g, w_d${batch}):`,
    `    """The discriminator after ${steps} steps of its own (Metz et al. 2017), as a function of the generator."""`,
    '    ahead = w_d',
  ];
  if (rule.kind === 'sgd') {
    return [
      ...begin,
      `    for _ in range(${steps}):`,
      gradient,
      '        ahead = ahead - foresight.rate * gradient',
      '    return ahead',
    ].join('\n');
  }
  return [
    ...begin,
    '    mean = square = torch.zeros_like(w_d)',
    '    mean_weight = square_weight = 1.0',
    `    for _ in range(${steps}):`,
    gradient,
    '        mean_weight *= foresight.rule_beta1',
    '        square_weight *= foresight.rule_beta2',
    '        mean = foresight.rule_beta1 * mean + (1 - foresight.rule_beta1) * gradient',
    '        square = foresight.rule_beta2 * square + (1 - foresight.rule_beta2) * gradient * gradient',
    '        root = torch.sqrt(square / (1 - square_weight) + 1e-16)  # 1e-16 keeps its slope finite at 0',
    '        ahead = ahead - foresight.rate * (mean / (1 - mean_weight)) / (root + foresight.rule_epsilon)',
    '    return ahead',
  ].join('\n');
}

/** Products with the Jacobian of F by autograd. */
export function torchProducts(asked: Pick<Asked, 'forward' | 'transposed'>, batch: string): string[] {
  const texts: string[] = [];
  if (asked.forward) {
    texts.push(`def jacobian_times(w, v${batch}):
    """J v: how the field changes along v. J'u is linear in u, and its derivative along v is J v."""
    w = w.detach().requires_grad_()
    F = field(w${batch}, create_graph=True) + 0 * w
    u = torch.zeros_like(w, requires_grad=True)
    pulled = torch.autograd.grad(F, w, u, create_graph=True)[0] + 0 * u
    return torch.autograd.grad(pulled, u, v)[0]`);
  }
  if (asked.transposed) {
    texts.push(`def transposed_times(w, v${batch}):
    """J'v; of v = F it is the gradient of half the squared length of F."""
    w = w.detach().requires_grad_()
    F = field(w${batch}, create_graph=True) + 0 * w
    return torch.autograd.grad(F, w, v)[0]`);
  }
  return texts;
}
