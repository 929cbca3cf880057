/** Which number of an experiment a map is drawn over beside the rate, as a setting. */
import { text } from '../settings/index.ts';

export const otherNumberSetting = {
  path: text({
    label: 'other number',
    summary: 'Its path, as in adjustment.weight; empty for the first of the optimizer’s own.',
    default: '',
    expected: 'the dotted path of a number of the optimizer or the game',
    mistake: (path) => (/^[\w.]*$/.test(path) ? undefined : 'a path is words with dots between'),
  }),
};
