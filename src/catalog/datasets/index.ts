/** The datasets, in menu order: what the generator is to imitate. */
import { ring } from './ring.ts';

export const datasets = [ring] as const;
