/** The adjustments, in menu order: what bends the field before the players follow it. */
import { plain } from '../plain.ts';
import { consensus } from './consensus.ts';
import { locallyStable } from './locallyStable.ts';
import { newton } from './newton.ts';
import { sga } from './sga.ts';
import { smoothOut } from './smoothOut.ts';

export const adjustments = [
  plain('The field as the game gives it.'),
  consensus,
  sga,
  locallyStable,
  newton,
  smoothOut,
] as const;
