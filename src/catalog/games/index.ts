/** The games, in menu order: what is played. */
import { bilinear } from './bilinear.ts';
import { dirac } from './dirac.ts';
import { gan } from './gan.ts';
import { quadratic } from './quadratic.ts';

export const games = [gan, bilinear, quadratic, dirac] as const;
