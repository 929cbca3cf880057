/** The networks, in menu order: the functions that the players of a GAN of points are. */
import { dense } from './dense.ts';

export const networks = [dense] as const;
