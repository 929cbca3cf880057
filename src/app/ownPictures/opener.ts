/** Opens pictures, and sets of them, that are chosen with a button or dropped on the page: to be looked at first. */
import type { Opener } from '../drop.ts';
import { openPictureFiles, pathOf } from './offer.ts';
import { isPicturesFile } from './source.ts';
import { ownStrings } from './strings.ts';

export const pictureFiles: Opener = {
  kind: ownStrings.file.opened,
  types: 'image/png,image/jpeg,image/webp,image/gif,image/bmp,image/avif,.idx3-ubyte,.idx,.bin,.gz',
  accepts: isPicturesFile,
  open: (file, page) => openPictureFiles([{ file, path: pathOf(file) }], page),
};
