/** The sets of pictures, in menu order. */
import { bars } from './bars.ts';
import { gratings } from './gratings.ts';
import { own } from './own.ts';
import { shapes } from './shapes.ts';
import { stacked } from './stacked.ts';
import { digits, fashion, fashionFull, mnist, mnistFull, quickdraw } from './stored.ts';

export const imageSets = [
  digits,
  mnist,
  mnistFull,
  fashion,
  fashionFull,
  quickdraw,
  stacked,
  bars,
  shapes,
  gratings,
  own,
] as const;
