/** Matrix games with mixed strategies: rock-paper-scissors and matching pennies. */
import { build, type Expr } from '../../expr/index.ts';
import { group, numbers, pick } from '../../settings/index.ts';
import { defineGame, type Stage } from '../kinds.ts';
import { late } from '../late.ts';
import { coordinates, startSetting, zeroSum } from './plane.ts';

const { neg, constant, sub, mul, scale, sigmoid } = build;

const strategyStart = (label: string, standard: readonly number[]) =>
  numbers({
    label,
    summary: 'Probabilities of rock, paper and scissors at the start; brought to sum one.',
    default: standard,
    min: 0,
    max: 1,
    live: false,
  });

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
  isLate: true,
  write: (...given) => late().writeRockPaperScissors(...given),
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
