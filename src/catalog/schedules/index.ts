/** The rate schedules, in menu order. */
import { plain } from '../plain.ts';
import { cosine } from './cosine.ts';
import { exponential } from './exponential.ts';
import { inversePower } from './inversePower.ts';
import { warmUp } from './warmUp.ts';

export const schedules = [
  plain('Rates stay as they are set.'),
  exponential,
  cosine,
  inversePower,
  warmUp,
] as const;
