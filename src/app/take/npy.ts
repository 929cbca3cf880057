/** Arrays as numpy's own file format has them: numbers, vectors of numbers, and text. */
import { takeStrings } from './strings.ts';

const say = takeStrings.checkpoint;

/** A number is an array of no dimension, text too; a vector has one. */
export type Npy = number | Float64Array | string | readonly string[];

/** `\x93NUMPY`, version 1.0 (numpy.lib.format). */
const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const HEAD = 10;
/** Data begin at a multiple of so many bytes. */
const ALIGNED = 64;
/** Bytes of a code point, and of a float64. */
const POINT = 4;
const FLOAT = 8;

export function writeNpy(value: Npy): Uint8Array {
  if (typeof value === 'number') return withHead('<f8', '()', floats([value]));
  if (value instanceof Float64Array) return withHead('<f8', `(${value.length},)`, floats(value));
  const texts = typeof value === 'string' ? [value] : value;
  // numpy drops the zeros that end a text: there are none in ours.
  const points = texts.map((text) => Array.from(text, (letter) => letter.codePointAt(0) as number));
  const longest = Math.max(1, ...points.map(({ length }) => length));
  const data = new Uint8Array(POINT * longest * texts.length);
  const view = new DataView(data.buffer);
  for (const [row, letters] of points.entries()) {
    for (const [i, point] of letters.entries()) view.setUint32(POINT * (row * longest + i), point, true);
  }
  return withHead(`<U${longest}`, typeof value === 'string' ? '()' : `(${texts.length},)`, data);
}

function floats(values: ArrayLike<number>): Uint8Array {
  const data = new Uint8Array(FLOAT * values.length);
  const view = new DataView(data.buffer);
  for (let i = 0; i < values.length; i++) view.setFloat64(FLOAT * i, values[i], true);
  return data;
}

function withHead(type: string, shape: string, data: Uint8Array): Uint8Array {
  const words = `{'descr': '${type}', 'fortran_order': False, 'shape': ${shape}, }`;
  const padded = Math.ceil((HEAD + words.length + 1) / ALIGNED) * ALIGNED;
  const out = new Uint8Array(padded + data.length);
  out.set([...MAGIC, 1, 0]);
  new DataView(out.buffer).setUint16(8, padded - HEAD, true);
  out.set(new TextEncoder().encode(`${words.padEnd(padded - HEAD - 1)}\n`), HEAD);
  out.set(data, padded);
  return out;
}

/** Throws an Error that names the member and what was expected of it. */
export function readNpy(bytes: Uint8Array, name: string): Npy {
  if (bytes.length < HEAD || MAGIC.some((byte, i) => bytes[i] !== byte)) throw new Error(say.broken(name));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // From version 2 on, the head may be longer.
  const isLong = bytes[6] >= 2;
  if (isLong && bytes.length < HEAD + 2) throw new Error(say.broken(name));
  const start = isLong ? HEAD + 2 : HEAD;
  const from = start + (isLong ? view.getUint32(8, true) : view.getUint16(8, true));
  const words = new TextDecoder().decode(bytes.subarray(start, Math.min(from, bytes.length)));
  const type = /'descr':\s*'([^']*)'/.exec(words)?.[1] ?? '';
  const shape = /'shape':\s*\(([\d,\s]*)\)/.exec(words)?.[1];
  if (shape === undefined) throw new Error(say.broken(name));
  const extents = shape
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(Number);
  const kind = /^<(f8|i8|U(\d+))$/.exec(type);
  if (!kind || extents.length > 1) throw new Error(say.kind(name, say.kinds.flat, `${type} (${shape})`));
  const count = extents[0] ?? 1;
  const length = kind[2] === undefined ? FLOAT : POINT * Number(kind[2]);
  if (from + count * length !== bytes.length) throw new Error(say.broken(name));
  const isSingle = extents.length === 0;
  if (kind[2] !== undefined) {
    const texts = Array.from({ length: count }, (_, row) => textAt(view, from + row * length, length));
    return isSingle ? texts[0] : texts;
  }
  const values = Float64Array.from({ length: count }, (_, i) =>
    kind[1] === 'i8'
      ? Number(view.getBigInt64(from + FLOAT * i, true))
      : view.getFloat64(from + FLOAT * i, true),
  );
  return isSingle ? values[0] : values;
}

/** The code points of a text, up to the zeros that fill its place. */
function textAt(view: DataView, from: number, length: number): string {
  let text = '';
  for (let at = from; at < from + length; at += POINT) {
    const point = view.getUint32(at, true);
    if (point === 0) break;
    text += point > 0x10ffff ? '\ufffd' : String.fromCodePoint(point);
  }
  return text;
}
