/** The losses, in menu order: what each player of a GAN minimises. */
import { began } from './began.ts';
import { featureMatching } from './featureMatching.ts';
import { fGan } from './fGan.ts';
import { hinge } from './hinge.ts';
import { leastSquares } from './leastSquares.ts';
import { logOdds } from './logOdds.ts';
import { minimax } from './minimax.ts';
import { nonSaturating } from './nonSaturating.ts';
import { relativistic } from './relativistic.ts';
import { totalVariation } from './totalVariation.ts';
import { wasserstein } from './wasserstein.ts';

export const losses = [
  nonSaturating,
  minimax,
  wasserstein,
  leastSquares,
  hinge,
  relativistic,
  logOdds,
  totalVariation,
  fGan,
  featureMatching,
  began,
] as const;
