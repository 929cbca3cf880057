/** What readers of picture files make: pictures of any one size, each unpacked when it is asked for. */

/** Bytes of all files together that are looked at. */
export const MOST_BYTES = 64e6;

export interface Frames {
  readonly count: number;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  /** Row by row, the channels of a pixel beside each other; 0 is black. May be a view: not to be written to. */
  picture(at: number): Uint8Array;
  /** Index into `classes`, one for each picture. */
  readonly labels?: Uint8Array;
  readonly classes?: readonly string[];
  /** What was done that is not plain to see, in sentences. */
  readonly notes: readonly string[];
}

/** A file as it is handed to a reader. */
export interface Named {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Why a file is not used: what was expected of it, and what was found. */
export class Unreadable extends Error {
  constructor(name: string, expected: string, found: string) {
    super(`${name}: expected ${expected}, but found ${found}.`);
  }
}

export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Unpacks gzip, but no more than `most` bytes of it; throws Unreadable. */
export async function unzipped({ name, bytes }: Named, most = MOST_BYTES): Promise<Named> {
  if (!isGzip(bytes)) return { name, bytes };
  const stream = new Blob([bytes as BlobPart]).stream().pipeThrough(new DecompressionStream('gzip'));
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for (const reader = stream.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.length;
      if (length > most) {
        reader.cancel().catch(() => {});
        break;
      }
      parts.push(value);
    }
  } catch {
    throw new Unreadable(name, 'a gzip file', 'one that is cut short or broken');
  }
  if (length > most) throw new Unreadable(name, `at most ${most / 1e6} MB once unpacked`, 'more');
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return { name: name.replace(/\.gz$/i, ''), bytes: whole };
}
