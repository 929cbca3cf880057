/** A number of steps, as schedules count them. */
import { integer } from '../../settings/index.ts';

export const stepsSetting = (label: string, summary: string, standard: number) =>
  integer({ label, summary, default: standard, min: 1, max: 10_000_000, scale: 'log', unit: 'steps' });
