/** The schemes, in menu order: where and in which order the players read the field. */
import { alternating } from './alternating.ts';
import { bestResponse } from './bestResponse.ts';
import { competitive } from './competitive.ts';
import { extragradient } from './extragradient.ts';
import { fictitiousPlay } from './fictitiousPlay.ts';
import { optimistic } from './optimistic.ts';
import { pastExtragradient } from './pastExtragradient.ts';
import { prediction } from './prediction.ts';
import { proximal } from './proximal.ts';
import { simultaneous } from './simultaneous.ts';
import { svre } from './svre.ts';

export const schemes = [
  simultaneous,
  alternating,
  extragradient,
  pastExtragradient,
  optimistic,
  prediction,
  competitive,
  proximal,
  svre,
  bestResponse,
  fictitiousPlay,
] as const;
