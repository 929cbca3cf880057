/** The jitter that datasets drawn along curves have. */
import { number } from '../../settings/index.ts';

export const noiseSetting = (standard: number) =>
  number({
    label: 'noise',
    summary: 'Standard deviation of the jitter about the curve.',
    default: standard,
    min: 0,
    max: 2,
    scale: 'log',
    zero: true,
  });
