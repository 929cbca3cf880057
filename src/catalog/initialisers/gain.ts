/** The factor on initial weights that several initialisers share. */
import { number } from '../../settings/index.ts';

export const gain = (standard: number) =>
  number({
    label: 'gain',
    summary: 'A factor on all first weights.',
    default: standard,
    min: 0.01,
    max: 10,
    scale: 'log',
    live: false,
  });
