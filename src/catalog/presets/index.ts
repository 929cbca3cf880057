/** The named experiments, in menu order; the first is what the page opens with. */
import type { Preset } from '../kinds.ts';
import { bilinear } from './bilinear.ts';
import { dirac } from './dirac.ts';
import { quadratic } from './quadratic.ts';
import { ring } from './ring.ts';

export const presets: readonly Preset[] = [ring, bilinear, quadratic, dirac];
