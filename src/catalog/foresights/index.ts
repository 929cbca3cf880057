/** The foresights, in menu order: how far the generator looks ahead of the discriminator. */
import { plain } from '../plain.ts';
import { unrolled } from './unrolled.ts';

export const foresights = [plain('Each player sees the other as it is.'), unrolled] as const;
