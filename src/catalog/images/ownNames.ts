/** What a set of one's own is called, and what its name says of it. */
import type { ImageSize } from '../kinds.ts';

/** At most so many pictures are kept of a set. */
export const MOST_OWN = 10_000;
/** A label is a byte. */
export const MOST_CLASSES = 256;
/** The sides that a picture may be brought to. */
export const OWN_SIDES = [8, 14, 16, 28, 32] as const;

const OWN = 'own-';
/** What a set is asked for by: no file of the page, but one that was kept in this browser. */
export const ownFileOf = (set: string) => `${OWN}${set}`;
/** The set that such a name asks for; undefined for files of the page. */
export const ownSetOf = (file: string): string | undefined =>
  file.startsWith(OWN) ? file.slice(OWN.length) : undefined;

/** `14-grey-0123456789ab`: side, colours, and the first 12 digits of the SHA-256 of what is kept. */
export const nameOfOwn = ({ side, channels }: ImageSize, sha256: string) =>
  `${side}-${channels === 3 ? 'colour' : 'grey'}-${sha256.slice(0, 12)}`;
export const NAME = /^(8|14|16|28|32)-(grey|colour)-[0-9a-f]{12}$/;

export function sizeOfOwn(set: string): ImageSize {
  const [, side, colours] = NAME.exec(set) ?? [];
  return { side: Number(side ?? 8), channels: colours === 'colour' ? 3 : 1 };
}

/** Why a set that is asked for is not there. */
export const notHere = (set: string): string =>
  set === ''
    ? 'there are no pictures of your own yet: drop some here, or choose files of them'
    : `the pictures ${set} are in the browser where they were dropped, not in this one: drop them here again`;
