/** The constraints, in menu order: where the parameters are kept. */
import { plain } from '../plain.ts';
import { box } from './box.ts';
import { simplex } from './simplex.ts';

export const constraints = [plain('Parameters may be anything.'), box, simplex] as const;
