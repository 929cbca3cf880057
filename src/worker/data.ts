/** Reads the files that games are played with, from beside the page, or as this browser has kept them. */
import { notHere, ownSetOf } from '../catalog/images/ownNames.ts';
import type { ReadFile } from '../engine/prepare.ts';

/** In the built page this file lies in a folder beside theirs. */
const FOLDER = new URL(import.meta.env.DEV ? '/data/' : '../data/', import.meta.url);

export const readData: ReadFile = async (file, onProgress) => {
  const own = ownSetOf(file);
  if (own !== undefined) {
    const kept = own === '' ? undefined : await (await import('./keptPictures.ts')).readKept(own);
    if (!kept) throw new Error(notHere(own));
    return kept;
  }
  const response = await fetch(new URL(file, FOLDER)).catch(() => {
    throw new Error(`the pictures of ${file} could not be loaded: no server answered`);
  });
  if (!response.ok || !response.body) {
    throw new Error(`the pictures of ${file} could not be loaded: the server answered ${response.status}`);
  }
  const expected = Number(response.headers.get('content-length'));
  const parts: Uint8Array[] = [];
  let length = 0;
  for (const reader = response.body.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    length += value.length;
    if (expected > 0) onProgress?.(Math.min(1, length / expected));
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
};
