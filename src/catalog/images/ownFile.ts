/** The form in which a set of one's own is kept: what it is as a line of JSON, a label each, then its pixels. */
import type { Images } from './library.ts';
import { MOST_OWN, nameOfOwn, ownSetOf, sizeOfOwn } from './ownNames.ts';

const NEW_LINE = 10;

export function packOwn({ pixels, labels, side, channels, count, classes }: Images): Uint8Array<ArrayBuffer> {
  const line = new TextEncoder().encode(`${JSON.stringify({ side, channels, count, classes })}\n`);
  const bytes = new Uint8Array(line.length + labels.length + pixels.length);
  bytes.set(line);
  bytes.set(labels, line.length);
  bytes.set(pixels, line.length + labels.length);
  return bytes;
}

/** Throws an Error that says what was expected and found where these are not the pictures that the file names. */
export function unpackOwn(file: string, bytes: Uint8Array): Images {
  const wrong = (expected: string, found: string) =>
    new Error(`${file} should have ${expected}, but has ${found}: drop the pictures here again`);
  const end = bytes.indexOf(NEW_LINE);
  let about: Pick<Images, 'side' | 'channels' | 'count' | 'classes'>;
  try {
    about = JSON.parse(new TextDecoder().decode(bytes.subarray(0, Math.max(0, end))));
  } catch {
    throw wrong('a line that says what it holds', 'none');
  }
  const { side, channels, count } = about;
  const { side: named, channels: colours } = sizeOfOwn(ownSetOf(file) ?? '');
  if (side !== named || channels !== colours) {
    throw wrong(`pictures of ${named} × ${named} × ${colours}`, `some of ${side} × ${side} × ${channels}`);
  }
  if (!(Number.isInteger(count) && count >= 1 && count <= MOST_OWN)) {
    throw wrong(`1 to ${MOST_OWN} pictures`, `${count}`);
  }
  const expected = end + 1 + count + count * side * side * channels;
  if (bytes.length !== expected) throw wrong(`${expected} bytes`, `${bytes.length}`);
  const labels = bytes.slice(end + 1, end + 1 + count);
  return { ...about, labels, pixels: bytes.slice(end + 1 + count) };
}

/** The name of a set by its content. Rejects where the page may not compute checksums. */
export async function nameOf(images: Images, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return nameOfOwn(images, Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join(''));
}
