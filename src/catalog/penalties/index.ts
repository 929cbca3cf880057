/** The penalties, in menu order: what keeps the discriminator's slope in bounds. */
import { plain } from '../plain.ts';
import { dragan } from './dragan.ts';
import { gradientPenalty } from './gradientPenalty.ts';
import { zeroCentred } from './zeroCentred.ts';

export const penalties = [
  plain('The discriminator may be as steep as it likes.'),
  zeroCentred,
  gradientPenalty,
  dragan,
] as const;
