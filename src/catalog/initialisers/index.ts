/** The initialisers, in menu order: how a layer's first weights are drawn. */
import { glorot } from './glorot.ts';
import { he } from './he.ts';
import { normal } from './normal.ts';
import { orthogonal } from './orthogonal.ts';

export const initialisers = [glorot, he, orthogonal, normal] as const;
