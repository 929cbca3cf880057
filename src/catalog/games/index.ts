/** The games, in menu order: what is played. */
import { almostBilinear } from './almostBilinear.ts';
import { bilinear } from './bilinear.ts';
import { covariance } from './covariance.ts';
import { dirac } from './dirac.ts';
import { domains } from './domains.ts';
import { forsaken } from './forsaken.ts';
import { gan } from './gan.ts';
import { gaussianGan } from './gaussianGan.ts';
import { images } from './images.ts';
import { linearWgan, randomQuadratic, shiftedBilinear } from './linear.ts';
import { linearDomains } from './linearDomains.ts';
import { marketCycle } from './marketCycle.ts';
import { matchingPennies, rockPaperScissors } from './matrix.ts';
import { quadratic } from './quadratic.ts';
import { stochasticBilinear } from './stochasticBilinear.ts';
import { twoTimescale } from './twoTimescale.ts';
import { typed } from './typed.ts';
import { variance } from './variance.ts';

export const games = [
  gan,
  images,
  domains,
  bilinear,
  quadratic,
  dirac,
  forsaken,
  almostBilinear,
  marketCycle,
  twoTimescale,
  variance,
  covariance,
  gaussianGan,
  linearWgan,
  linearDomains,
  shiftedBilinear,
  randomQuadratic,
  stochasticBilinear,
  rockPaperScissors,
  matchingPennies,
  typed,
] as const;
