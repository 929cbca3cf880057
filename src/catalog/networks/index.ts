/** The networks, in menu order: the functions that the players of a GAN are. */
import { dense } from './dense.ts';

export const networks = [dense] as const;
