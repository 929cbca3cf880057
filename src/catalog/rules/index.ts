/** The rules, in menu order: how one player turns its gradient into a step. */
import { adam } from './adam.ts';
import { momentum } from './momentum.ts';
import { rmsprop } from './rmsprop.ts';
import { sgd } from './sgd.ts';

export const rules = [sgd, momentum, rmsprop, adam] as const;
