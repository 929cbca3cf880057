/** Matrix games with mixed strategies: rock-paper-scissors and matching pennies. */
import { build, type Expr, elementary } from '../../expr/index.ts';
import { group, numbers, pick } from '../../settings/index.ts';
import { defineGame, type Model, type Stage } from '../kinds.ts';
import { coordinates, startSetting, zeroSum } from './plane.ts';

const { matmul, reshape, neg, softmax, dot, constant, sub, mul, scale, sigmoid, concat } = build;

const strategyStart = (label: string, standard: readonly number[]) =>
  numbers({
    label,
    summary: 'Probabilities of rock, paper and scissors at the start; brought to sum one.',
    default: standard,
    min: 0,
    max: 1,
    live: false,
  });

/** Payoff to the first player, whose action is the row: rock, paper, scissors. */
const PAYOFF = [0, -1, 1, 1, 0, -1, -1, 1, 0];
/** 1 where the row beats the column. */
const WINS = [0, 0, 1, 1, 0, 0, 0, 1, 0];

export const rockPaperScissors = defineGame({
  name: 'rockPaperScissors',
  label: 'Rock, paper, scissors',
  summary: 'Mixed strategies that chase each other about the middle of the triangle.',
  source: 'von Neumann & Morgenstern 1944; as on lecture slides: win probability as the payoff',
  formula: 'V(p, q) = −p′M q,  M = rock loses to paper, paper to scissors, scissors to rock',
  settings: group({
    parameters: pick({
      label: 'parameters',
      summary: 'What the players move: mirror descent follows the payoffs themselves.',
      default: 'softmax',
      options: {
        softmax: 'logits, by their gradient',
        mirror: 'logits, by the payoffs: multiplicative weights (MWU)',
        direct: 'the probabilities; use with the simplex constraint, best response or fictitious play',
      },
      live: false,
    }),
    payoff: pick({
      label: 'payoff',
      summary: 'What a player wants.',
      default: 'difference',
      options: {
        difference: 'wins minus losses: zero-sum',
        wins: 'the first player wins as often as it can, the second keeps it from that: zero-sum',
        ownWins: 'each wins as often as it can: general-sum',
      },
      live: false,
    }),
    startFirst: strategyStart('first player', [0.36, 0.32, 0.32]),
    startSecond: strategyStart('second player', [1 / 3, 1 / 3, 1 / 3]),
  }),
  offers: ({ parameters }) => (parameters === 'direct' ? ['probabilities'] : []),
  write(stage, { parameters, payoff, startFirst, startSecond }) {
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
  },
});

export const matchingPennies = defineGame({
  name: 'matchingPennies',
  label: 'Matching pennies',
  summary: 'Two coins, each shown heads with a probability: one wants them equal, the other different.',
  source: 'von Neumann & Morgenstern 1944',
  formula: 'V(θ, φ) = −(2σ(θ) − 1)(2σ(φ) − 1)',
  settings: group({ start: startSetting([1, 1]) }),
  write(stage: Stage, { start }) {
    const { theta, phi } = coordinates(stage, start);
    const leaning = (z: Expr) => sub(scale(sigmoid(z), 2), constant(1));
    return {
      losses: zeroSum(neg(mul(leaning(theta), leaning(phi)))),
      equilibria: [{ point: [0, 0], label: 'equilibrium' }],
      lossesAtEquilibrium: [0, 0],
      picture: { kind: 'plane', extent: 3 },
    };
  },
});
