/** The words of pictures of one's own. */
import { MOST_OWN } from '../../catalog/images/ownNames.ts';
import { MOST_KEPT } from '../../worker/keptPictures.ts';
import { count } from '../format.ts';

const counted = (n: number, one: string, many: string) => `${count(n)} ${n === 1 ? one : many}`;
const pictures = (n: number) => counted(n, 'picture', 'pictures');

export const ownStrings = {
  title: 'Your own pictures',
  how: `Drop pictures, a folder of them, a sheet, or an IDX or CIFAR file here; up to ${count(MOST_OWN)} pictures and 64 MB. They stay in this browser.`,
  chooseFiles: 'Choose files',
  chooseFolder: 'Choose a folder',
  reading: (title: string, share: number) => `Reading ${title}: ${Math.round(100 * share)} %`,
  making: (share: number) => `Making them as they will be used: ${Math.round(100 * share)} %`,
  found: (title: string, n: number, classes: number) =>
    `${title}: ${pictures(n)}${classes > 0 ? `, of ${counted(classes, 'class', 'classes')}` : ''}.`,
  preview: (shown: number, side: number, isColour: boolean) =>
    `The first ${pictures(shown)} as they will be used: ${side} × ${side}, ${isColour ? 'in colour' : 'grey'}.`,
  side: 'Size',
  sideOf: (side: number) => `${side} × ${side}`,
  colours: 'Colours',
  grey: 'grey',
  colour: 'in colour',
  tile: 'Side of a tile, in pixels',
  use: 'Use these',
  leave: 'Leave them',
  used: (title: string, n: number) => `${pictures(n)} of ${title} are played with, and kept in this browser.`,
  unusable: 'That could not be used.',
  refused: (sentence: string) => `${sentence} What is played goes on.`,
  unseen: 'The pictures wait in the column of the game, which is hidden here: show it to look at them.',
  dismiss: 'Dismiss',
  noRoom: 'This browser has no room to keep them, or may not: the run cannot read them.',
  noChecksum:
    'Names of sets are checksums, which browsers compute only for pages opened over https or from this machine.',
  changed: 'The files could not be read: they were moved or changed.',
  kept: {
    none: 'none yet: drop some below',
    missing: (set: string) => `${set} (not in this browser)`,
    one: (title: string, n: number, set: string) =>
      `${title}, ${pictures(n)}, ${set.split('-').slice(0, 2).join(' ')}`,
    hint: `The last ${MOST_KEPT} sets are kept.`,
  },
  file: {
    opened: 'pictures (PNG, JPEG, WebP, GIF, BMP, AVIF, IDX, CIFAR .bin)',
    kinds: 'pictures (PNG, JPEG, WebP, GIF, BMP, AVIF), an IDX file or CIFAR batches',
    empty: 'no files',
    folder: 'The folder',
    together: 'All files together',
    most: (most: number) => `at most ${most / 1e6} MB`,
    megabytes: (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`,
    picture: 'a picture that this browser can decode',
    other: 'something else',
    pixels: (most: number) => `a sheet of at most ${most / 1e6} million pixels`,
    sized: (width: number, height: number) => `${width} × ${height}`,
    several: (n: number) => `${n} files`,
    leftOut: (n: number, first: string) =>
      n === 1
        ? `${first} is no picture and is left out.`
        : `${n} files are no pictures and are left out: ${first} and others.`,
    broken: (n: number, first: string) =>
      n === 1
        ? `${first} cannot be decoded and is left out.`
        : `${n} pictures cannot be decoded and are left out: ${first} and others.`,
    tooMany: (n: number) => `Of ${count(n)} pictures the first ${count(MOST_OWN)} are used.`,
    cropped: 'They are cropped to their middle square.',
  },
};
