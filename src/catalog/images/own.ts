/** Your own pictures: a set that was dropped on the page, named by its size and its checksum. */
import { group, integer, numbers, text } from '../../settings/index.ts';
import { defineImageSet } from '../kinds.ts';
import { late } from '../late.ts';
import { imagesOf } from './library.ts';
import { MOST_CLASSES, MOST_OWN, NAME, ownFileOf, sizeOfOwn } from './ownNames.ts';

export const own = defineImageSet({
  name: 'own',
  label: 'Your own pictures',
  summary: 'A folder of pictures, a sheet of them, or a file of a known set, from this machine.',
  source: 'yours: it stays in this browser; of a set of others, theirs',
  settings: group({
    set: text({
      label: 'which',
      summary: 'Named by their size and a checksum: the same pictures have the same name everywhere.',
      default: '',
      most: 32,
      expected: 'the name of a set, such as 14-grey-0123456789ab',
      mistake: (name) =>
        name === '' || NAME.test(name) ? undefined : 'it should be like 14-grey-0123456789ab',
      live: false,
    }),
    only: numbers({
      label: 'only the classes',
      summary:
        'By their numbers, from 0 on, as their folders or labels are ordered; all where none is named.',
      default: [],
      min: 0,
      max: MOST_CLASSES - 1,
      length: [0, 10],
      integer: true,
      live: true,
    }),
    most: integer({
      label: 'at most',
      summary: 'The first so many pictures; 0 for all of them.',
      default: 0,
      min: 0,
      max: MOST_OWN,
      scale: 'log',
      zero: true,
      unit: 'pictures',
      live: true,
    }),
  }),
  size: ({ set }) => sizeOfOwn(set),
  // Labels choose among them; nothing tells what class a generated picture would be of.
  classes: () => [],
  files: ({ set }) => [ownFileOf(set)],
  fill(streams, count, { set, only, most }, out, labels) {
    const images = imagesOf(ownFileOf(set));
    late().fillFrom(images, late().chosen(images, only, most), streams, 'data', count, out, labels);
  },
  stored({ set, only, most }) {
    const images = imagesOf(ownFileOf(set));
    return late().storedIn(images, late().chosen(images, only, most));
  },
});
