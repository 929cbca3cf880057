/** The words of the typed game, and of the points of rest of any game in the plane. */
import type { RestKind } from '../../analysis/equilibria.ts';
import { count, short } from '../format.ts';

/** What rounding leaves of zero. */
const NOTHING = 1e-9;
const coordinate = (value: number) => short(Math.abs(value) < NOTHING ? 0 : value, 3);
const at = (theta: number, phi: number) => `(${coordinate(theta)}, ${coordinate(phi)})`;

export const formulaStrings = {
  examples: 'Examples',
  chooseExample: 'Take an example …',
  mistake: (mistake: string) => `Cannot be read: ${mistake}. The formula before goes on.`,
  minusFirst: 'g = −f: what the first player gains, the second loses.',
  gradients: 'What each player feels',
  tooLong: 'too long to be written out',
  numbers: 'Numbers in the formulas',
  names: 'Names that fit',
  help: 'What can be written',
  helpRows: [
    ['x, y', 'what the first player moves, and the second; θ and φ, or theta and phi, mean the same'],
    ['+ − * / ^', 'as usual; ^ binds first, from right to left: 2^3^2 is 2^9'],
    ['2x y', 'a product needs no sign, but names need a space: xy would be one name'],
    ['k, rate, α', 'any other name is a number with a slider; alpha is α'],
    ['pi, e', 'the constants'],
  ] as const,
  functions: 'Functions, with their value in brackets',
  rest: {
    kinds: {
      'stable node': 'stable node: drawn in without turning',
      'stable focus': 'stable focus: drawn in, turning',
      centre: 'centre: turns, to first order neither in nor out',
      saddle: 'saddle: drawn in along one direction, driven out along another',
      'unstable focus': 'unstable focus: driven out, turning',
      'unstable node': 'unstable node: driven out without turning',
      degenerate: 'degenerate: the first derivatives do not tell',
    } satisfies Record<RestKind, string>,
    nash: {
      strict: 'local Nash equilibrium',
      weak: 'local Nash equilibrium, not a strict one',
      no: 'not a Nash equilibrium',
    },
    minimax: 'strict local minimax point',
    attracts: (radius: number) => `this optimizer is drawn in (× ${short(radius, 4)} a step)`,
    repels: (radius: number) => `this optimizer is driven out (× ${short(radius, 4)} a step)`,
    at,
    startBeside: (theta: number, phi: number) => `Start beside it: ${at(theta, phi)}`,
    start: 'Start beside it',
    none: (reach: number, [x, y]: readonly string[]) =>
      `No point of rest was found with |${x}| and |${y}| up to ${short(reach)}.`,
    everywhere: 'Every point is one of rest: nothing moves either player.',
    some: (points: number, curves: number) =>
      [
        points > 0 || curves === 0 ? `${count(points)} ${points === 1 ? 'point' : 'points'} of rest` : '',
        curves > 0 ? `${count(curves)} ${curves === 1 ? 'curve' : 'curves'} of them` : '',
      ]
        .filter(Boolean)
        .join(' and '),
    searched: (extent: number, reach: number, [x, y]: readonly string[]) =>
      `found by a close search up to |${x}|, |${y}| = ${short(extent)}, and a wide one up to ${short(reach)}`,
    more: 'There are more; those nearest to the middle are told.',
    sampled: 'On the batch of this step: each batch has others.',
    curve: (theta: number, phi: number) =>
      `A whole curve of points of rest, dashed, through ${at(theta, phi)}`,
    searching: 'Being looked for.',
    again: 'Being looked for again: the game has changed.',
  },
};
