/** The averages, in menu order: means of the points passed. */
import { plain } from '../plain.ts';
import { ema } from './ema.ts';
import { uniform } from './uniform.ts';

export const averages = [plain('The run is judged by its last point.'), ema, uniform] as const;
