/** The rules, in menu order: how one player turns its gradient into a step. */
import { adagrad } from './adagrad.ts';
import { adam } from './adam.ts';
import { graft } from './graft.ts';
import { momentum } from './momentum.ts';
import { normalized } from './normalized.ts';
import { optimisticAdam } from './optimisticAdam.ts';
import { radam } from './radam.ts';
import { rmsprop } from './rmsprop.ts';
import { sgd } from './sgd.ts';

export const rules = [
  sgd,
  momentum,
  rmsprop,
  adam,
  optimisticAdam,
  radam,
  adagrad,
  normalized,
  graft,
] as const;
