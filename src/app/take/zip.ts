/** Zip files as numpy writes and reads them: members are stored; those that somebody deflated are read too. */
import { takeStrings } from './strings.ts';

const say = takeStrings.checkpoint;

export interface Member {
  readonly name: string;
  readonly bytes: Uint8Array;
}

// Signatures and lengths of the records: PKWARE's APPNOTE, sections 4.3.7, 4.3.12 and 4.3.16.
const LOCAL = { signature: 0x04034b50, size: 30 } as const;
const CENTRAL = { signature: 0x02014b50, size: 46 } as const;
const END = { signature: 0x06054b50, size: 22 } as const;
/** The longest comment that may stand behind the end record. */
const LONGEST_COMMENT = 0xffff;
/** Version 2.0 reads it; names are UTF-8 (bit 11). */
const VERSION = 20;
const UTF8 = 0x0800;
const STORED = 0;
const DEFLATED = 8;
/** The first day that the format can say: the same members are always the same bytes. */
const DAY = (1 << 5) | 1;
/** Nobody's checkpoint is larger, in megabytes: a small file may claim to hold the world. */
const MOST_MB = 512;

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  return crc;
});

/** CRC-32 as zip and PNG have it. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) crc = crcTable[(crc ^ bytes[i]) & 0xff] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

export function writeZip(members: readonly Member[]): Uint8Array<ArrayBuffer> {
  const named = members.map(({ name, bytes }) => ({ name: new TextEncoder().encode(name), bytes }));
  const size = named.reduce<number>(
    (sum, { name, bytes }) => sum + LOCAL.size + CENTRAL.size + 2 * name.length + bytes.length,
    END.size,
  );
  const out = new Uint8Array(size);
  const view = new DataView(out.buffer);
  let at = 0;
  const put16 = (value: number) => {
    view.setUint16(at, value, true);
    at += 2;
  };
  const put32 = (value: number) => {
    view.setUint32(at, value, true);
    at += 4;
  };
  const put = (bytes: Uint8Array) => {
    out.set(bytes, at);
    at += bytes.length;
  };
  /** What the local and the central record have in common, from the version needed on. */
  const describe = (name: Uint8Array, bytes: Uint8Array) => {
    for (const value of [VERSION, UTF8, STORED, 0, DAY]) put16(value);
    for (const value of [crc32(bytes), bytes.length, bytes.length]) put32(value);
    put16(name.length);
    put16(0); // no extra field
  };
  const offsets = named.map(({ name, bytes }) => {
    const offset = at;
    put32(LOCAL.signature);
    describe(name, bytes);
    put(name);
    put(bytes);
    return offset;
  });
  const directory = at;
  for (const [i, { name, bytes }] of named.entries()) {
    put32(CENTRAL.signature);
    put16(VERSION);
    describe(name, bytes);
    for (const value of [0, 0, 0]) put16(value); // comment, disk, internal attributes
    put32(0); // external attributes
    put32(offsets[i]);
    put(name);
  }
  const length = at - directory;
  put32(END.signature);
  for (const value of [0, 0, named.length, named.length]) put16(value);
  put32(length);
  put32(directory);
  put16(0);
  return out;
}

/** Throws an Error that says what is wrong with the file. */
export async function readZip(bytes: Uint8Array<ArrayBuffer>): Promise<Member[]> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOf(view);
  const count = view.getUint16(end + 10, true);
  if (view.getUint16(end + 8, true) !== count) throw new Error(say.broken('The list of files'));
  let at = view.getUint32(end + 16, true);
  let total = 0;
  const members: Member[] = [];
  for (let i = 0; i < count; i++) {
    if (at + CENTRAL.size > end || view.getUint32(at, true) !== CENTRAL.signature)
      throw new Error(say.broken(say.list));
    const method = view.getUint16(at + 10, true);
    const crc = view.getUint32(at + 16, true);
    const [packed, size] = [view.getUint32(at + 20, true), view.getUint32(at + 24, true)];
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
    const local = view.getUint32(at + 42, true);
    const name = new TextDecoder().decode(
      bytes.subarray(at + CENTRAL.size, Math.min(end, at + CENTRAL.size + nameLength)),
    );
    at += CENTRAL.size + nameLength + extra + comment;
    total += size;
    if (total > MOST_MB * 2 ** 20) throw new Error(say.tooLarge(MOST_MB));
    if (local + LOCAL.size > end || view.getUint32(local, true) !== LOCAL.signature)
      throw new Error(say.broken(name));
    // The local record has the name as well, and an extra field of its own: numpy writes a longer one.
    const named = local + LOCAL.size;
    const data = named + view.getUint16(local + 26, true);
    if (new TextDecoder().decode(bytes.subarray(named, data)) !== name) throw new Error(say.broken(name));
    const from = data + view.getUint16(local + 28, true);
    const raw = bytes.subarray(from, from + packed);
    if (method !== STORED && method !== DEFLATED) throw new Error(say.packed(name, method));
    const whole = method === STORED ? raw : await inflated(raw, size, name);
    if (whole.length !== size || crc32(whole) !== crc) throw new Error(say.broken(name));
    members.push({ name, bytes: whole });
  }
  return members;
}

/** Where the end record is. */
function endOf(view: DataView): number {
  const last = view.byteLength - END.size;
  for (let at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--) {
    if (view.getUint32(at, true) === END.signature) return at;
  }
  throw new Error(say.notZip);
}

/** What is deflated may say that it is smaller than it is: more is not read. */
async function inflated(raw: Uint8Array<ArrayBuffer>, size: number, name: string): Promise<Uint8Array> {
  const out = new Uint8Array(size);
  let at = 0;
  try {
    const reader = new Blob([raw]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      if (at + piece.value.length > size) {
        await reader.cancel();
        throw new Error(say.broken(name));
      }
      out.set(piece.value, at);
      at += piece.value.length;
    }
  } catch {
    throw new Error(say.broken(name));
  }
  return out.subarray(0, at);
}
