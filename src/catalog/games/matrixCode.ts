/** How rock, paper, scissors is written: both strategies, and what each action is worth. */
import { build, type Expr, elementary } from '../../expr/index.ts';
import type { Model, Stage } from '../kinds.ts';

const { matmul, reshape, neg, softmax, dot, constant, concat } = build;

/** Payoff to the first player, whose action is the row: rock, paper, scissors. */
const PAYOFF = [0, -1, 1, 1, 0, -1, -1, 1, 0];
/** 1 where the row beats the column. */
const WINS = [0, 0, 1, 1, 0, 0, 0, 1, 0];

/** Of the game's settings, those that say how it is played and where it starts. */
interface Chosen {
  readonly parameters: 'softmax' | 'mirror' | 'direct';
  readonly payoff: 'difference' | 'wins' | 'ownWins';
  readonly startFirst: readonly number[];
  readonly startSecond: readonly number[];
}

export function writeRockPaperScissors(
  stage: Stage,
  { parameters, payoff, startFirst, startSecond }: Chosen,
): Model {
  const asLogits = parameters !== 'direct';
  const fill = (start: readonly number[]) => (_stream: unknown, _shape: unknown, out: Float64Array) => {
    const total = start.reduce((sum, value) => sum + value, 0);
    for (let i = 0; i < 3; i++) {
      const probability = total > 0 ? start[i] / total : 1 / 3;
      // An action that is never played stays so small that it takes long to come back.
      out[i] = asLogits ? elementary.log(Math.max(probability, 1e-12)) : probability;
    }
  };
  const x = stage.parameter('generator', 'strategy', [3], fill(startFirst));
  const y = stage.parameter('discriminator', 'strategy', [3], fill(startSecond));
  const strategyOf = (values: Expr) => (asLogits ? reshape(softmax(reshape(values, [1, 3])), [3]) : values);
  const p = strategyOf(x);
  const q = strategyOf(y);
  const table = constant(payoff === 'difference' ? PAYOFF : WINS, [3, 3]);
  const times = (matrix: Expr, v: Expr, transposed = false) =>
    reshape(matmul(matrix, reshape(v, [3, 1]), transposed), [3]);
  // What each action of a player is worth to it, against the other's strategy.
  const worthFirst = times(table, q);
  const worthSecond = payoff === 'ownWins' ? times(table, p) : neg(times(table, p, true));
  const losses: Model['losses'] = [neg(dot(p, worthFirst)), neg(dot(q, worthSecond))];
  return {
    losses,
    directions:
      parameters === 'mirror'
        ? new Map([
            [x, neg(worthFirst)],
            [y, neg(worthSecond)],
          ])
        : undefined,
    // In logits, every shift of an equilibrium is one too: none is singled out.
    equilibria: asLogits ? [] : [{ point: new Array<number>(6).fill(1 / 3), label: 'equilibrium' }],
    lossesAtEquilibrium:
      payoff === 'difference' ? [0, 0] : payoff === 'wins' ? [-1 / 3, 1 / 3] : [-1 / 3, -1 / 3],
    picture: {
      kind: 'simplex',
      actions: ['rock', 'paper', 'scissors'],
      strategies: concat([reshape(p, [1, 3]), reshape(q, [1, 3])]),
      worths: concat([reshape(worthFirst, [1, 3]), reshape(worthSecond, [1, 3])]),
    },
  };
}
