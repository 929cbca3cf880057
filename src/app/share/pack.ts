/** Long links made short: what stands behind `#`, compressed into one word `z=...`, and back within bounds. */
import type { Problem } from '../../settings/index.ts';
import { problem } from '../../settings/parse.ts';
import { MOST_CHARACTERS } from '../../settings/text.ts';
import { say } from './strings.ts';

/** Up to here a link is left readable. */
export const LONG = 1500;
/** Of the compressed text: a link of `MOST_CHARACTERS` is never longer than itself. */
const MOST_PACKED = MOST_CHARACTERS;

const WORD = /(?:^|&)z=([^&]*)/;

/** Without the leading `#`. A text that is short, or that compressing makes no shorter, stays as it is. */
export async function pack(text: string, long = LONG): Promise<string> {
  if (text.length <= long || typeof CompressionStream === 'undefined') return text;
  const bytes = await throughStream(new TextEncoder().encode(text), new CompressionStream('deflate-raw'));
  const packed = `z=${base64url(bytes as Uint8Array)}`;
  return packed.length < text.length ? packed : text;
}

export interface Unpacked {
  /** The words of the link, those beside the packed ones included. */
  readonly text: string;
  /** Why the packed words are left out, if they are. */
  readonly problem?: Problem;
}

export const isPacked = (text: string): boolean => WORD.test(text.replace(/^[?#]+/, ''));

/** Reads a link that may be packed. Never throws, and makes no more of it than a link may hold. */
export async function unpack(given: string): Promise<Unpacked> {
  const text = given.replace(/^[?#]+/, '');
  const found = WORD.exec(text);
  if (!found) return { text };
  const rest = [text.slice(0, found.index), text.slice(found.index + found[0].length).replace(/^&/, '')];
  const inside = await readPacked(found[1]);
  const words = typeof inside === 'string' ? inside : '';
  const whole = [words, ...rest].filter(Boolean).join('&');
  return typeof inside === 'string' ? { text: whole } : { text: whole, problem: inside };
}

async function readPacked(packed: string): Promise<string | Problem> {
  const broken = (what: string) => problem('z', 'should be', say.packed.expected, what, say.packed.leftOut);
  if (packed.length > MOST_PACKED) return broken(say.packed.long(packed.length));
  if (!/^[\w-]+$/.test(packed)) return broken(say.packed.letters);
  const bytes = fromBase64url(packed);
  if (!bytes) return broken(say.packed.cut);
  try {
    const opened = await throughStream(bytes, new DecompressionStream('deflate-raw'), MOST_CHARACTERS);
    if (!opened) return broken(say.packed.much(MOST_CHARACTERS));
    const text = new TextDecoder('utf-8', { fatal: true }).decode(opened);
    return isPacked(text) ? broken(say.packed.twice) : text;
  } catch {
    return broken(say.packed.cut); // cut off, changed, or never compressed
  }
}

/** Undefined where more than `most` bytes would come out: the stream is then read no further. */
async function throughStream(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
  most = Number.POSITIVE_INFINITY,
): Promise<Uint8Array | undefined> {
  const writer = stream.writable.getWriter();
  // What goes wrong here goes wrong for the reader too, who tells of it.
  writer.write(bytes).catch(() => undefined);
  writer.close().catch(() => undefined);
  const reader = stream.readable.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > most) {
      await reader.cancel();
      return undefined;
    }
    chunks.push(value);
  }
  const all = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

/** Bytes in one call of String.fromCharCode: more arguments than a stack holds would throw. */
const CHUNK = 8192;

function base64url(bytes: Uint8Array): string {
  let binary = '';
  for (let i = 0; i < bytes.length; i += CHUNK)
    binary += String.fromCharCode(...bytes.subarray(i, i + CHUNK));
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64url(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    return undefined; // a length that no bytes have
  }
}
