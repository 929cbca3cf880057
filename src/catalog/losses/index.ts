/** The losses, in menu order: what each player of a GAN minimises. */
import { minimax } from './minimax.ts';
import { nonSaturating } from './nonSaturating.ts';

export const losses = [nonSaturating, minimax] as const;
