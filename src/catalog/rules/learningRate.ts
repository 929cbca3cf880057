/** The one setting that every rule has. */
import { number } from '../../settings/index.ts';

export const learningRate = (standard: number) =>
  number({
    label: 'learning rate',
    summary: 'The length of a step for a gradient (or direction) of length one.',
    default: standard,
    min: 0,
    max: 10,
    scale: 'log',
    zero: true,
  });
