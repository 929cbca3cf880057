/** The lookaheads, in menu order: going part of the way back every few steps. */
import { plain } from '../plain.ts';
import { lookahead } from './lookahead.ts';
import { nested } from './nested.ts';

export const lookaheads = [plain('Every step is kept.'), lookahead, nested] as const;
