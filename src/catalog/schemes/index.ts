/** The schemes, in menu order: where and in which order the players read the field. */
import { alternating } from './alternating.ts';
import { extragradient } from './extragradient.ts';
import { optimistic } from './optimistic.ts';
import { simultaneous } from './simultaneous.ts';

export const schemes = [simultaneous, alternating, extragradient, optimistic] as const;
