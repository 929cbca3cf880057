/** The entry that changes nothing: what every optional part of an optimizer has as its first choice. */
import { group } from '../settings/index.ts';

export const plain = (summary: string) => ({
  name: 'none' as const,
  label: 'none',
  summary,
  source: 'nothing is changed',
  formula: '',
  settings: group({}),
});
