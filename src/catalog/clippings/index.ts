/** The clippings, in menu order: what becomes of gradients that are too long. */
import { plain } from '../plain.ts';
import { byLargest } from './byLargest.ts';
import { byNorm } from './byNorm.ts';
import { byValue } from './byValue.ts';

export const clippings = [plain('Gradients as they are.'), byNorm, byValue, byLargest] as const;
