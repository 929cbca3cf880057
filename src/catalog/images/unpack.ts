/** Unpacks files of pictures. */
import type { Images, Packed } from './library.ts';

/** The bytes that such a file unpacks to: a label each, then two pixels a byte. */
export const packedLength = ({ side, channels, count }: Packed): number =>
  count + Math.ceil((count * side * side * channels) / 2);

/**
 * Unpacks a file: gzip of one label a picture, then pixels of four bits, the first of two in the high bits; 15 is
 * white. Rejects with an Error that says what was expected and found.
 */
export async function unpackImages(file: string, bytes: Uint8Array, packed: Packed): Promise<Images> {
  const content = await gunzip(bytes).catch(() => {
    throw new Error(`${file} should be a gzip file of ${packed.count} pictures, but cannot be unpacked`);
  });
  const expected = packedLength(packed);
  if (content.length !== expected) {
    throw new Error(`${file} should unpack to ${expected} bytes, but has ${content.length}`);
  }
  const labels = content.slice(0, packed.count);
  const pixels = new Uint8Array(packed.count * packed.side * packed.side * packed.channels);
  for (let i = 0; i < pixels.length; i++) {
    const pair = content[packed.count + (i >> 1)];
    pixels[i] = 17 * (i % 2 === 0 ? pair >> 4 : pair & 15); // 15 becomes 255
  }
  return { ...packed, pixels, labels };
}

async function gunzip(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes as BlobPart]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
