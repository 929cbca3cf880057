/**
 * A font in which every letter is the same box: machines have different fonts, and with this one the page is laid out
 * and drawn alike on all of them. How long a text is still shows, and where it stands.
 *
 * Tables as in the OpenType specification 1.9 (https://learn.microsoft.com/typography/opentype/spec/).
 */

/** Units of the font: an em, the advance of every letter, and its box. */
const EM = 1000;
const ADVANCE = 500;
const [LEFT, RIGHT, HIGH] = [40, 440, 500];
const [ASCENDER, DESCENDER] = [900, -300];
/** Glyphs: what is missing, a letter, a space. */
const [MISSING, LETTER, SPACE] = [0, 1, 2];
const GLYPHS = 3;
/** Characters up to here have a glyph: all that the page writes, arrows and mathematics included. */
const LAST_CHARACTER = 0x2bff;

type Part = readonly [bytes: 1 | 2 | 4, ...values: number[]];

function pack(...parts: readonly Part[]): Uint8Array {
  const bytes: number[] = [];
  for (const [size, ...values] of parts) {
    for (const value of values) {
      for (let at = size - 1; at >= 0; at--) bytes.push((value >> (8 * at)) & 255);
    }
  }
  while (bytes.length % 4 !== 0) bytes.push(0);
  return Uint8Array.from(bytes);
}

const box = pack(
  [2, 1, LEFT, 0, RIGHT, HIGH], // one contour, its bounds
  [2, 3, 0], // its last point; no instructions
  [1, 1, 1, 1, 1], // all points on the curve
  [2, LEFT, 0, RIGHT - LEFT, 0],
  [2, 0, HIGH, 0, -HIGH],
);

/** Format 4: all characters of one segment share a glyph, by a list that says so of each. */
function characterMap(): Uint8Array {
  const spaces = [0x20, 0xa0];
  const segments = [
    [0x20, 0x20],
    [0x21, 0x9f],
    [0xa0, 0xa0],
    [0xa1, LAST_CHARACTER],
    [0xffff, 0xffff],
  ];
  const glyphs: number[] = [];
  const offsets = segments.map(([from, to], i) => {
    const offset = 2 * (segments.length - i + glyphs.length); // from this number on
    for (let character = from; character <= to; character++) {
      glyphs.push(character === 0xffff ? MISSING : spaces.includes(character) ? SPACE : LETTER);
    }
    return offset;
  });
  const count = segments.length;
  const length = 16 + 8 * count + 2 * glyphs.length;
  return pack(
    [2, 0, 1, 3, 1], // one map: Windows, Unicode
    [4, 12],
    [2, 4, length, 0, 2 * count, 8, 2, 2 * count - 8],
    [2, ...segments.map(([, to]) => to), 0],
    [2, ...segments.map(([from]) => from)],
    [2, ...segments.map(() => 0)],
    [2, ...offsets],
    [2, ...glyphs],
  );
}

const tables: Readonly<Record<string, Uint8Array>> = {
  'OS/2': pack(
    [2, 4, ADVANCE, 400, 5, 0], // version, width, weight, width class, may be embedded
    [2, 650, 600, 0, 75, 650, 600, 0, 350, 50, 250], // sub- and superscripts, strike through
    [2, 0], // family class
    [1, ...new Array(10).fill(0)], // panose
    [4, 1, 0, 0, 0], // Unicode ranges
    [1, 32, 32, 32, 32], // vendor
    [2, 0x40, 0x20, LAST_CHARACTER, ASCENDER, DESCENDER, 0, ASCENDER, -DESCENDER], // regular; lines
    [4, 1, 0], // code pages
    [2, HIGH, HIGH, 0, 32, 1], // height of x and of capitals; default, break, context
  ),
  cmap: characterMap(),
  glyf: new Uint8Array([...box, ...box]),
  head: pack(
    [4, 0x10000, 0x10000, 0, 0x5f0f3cf5],
    [2, 3, EM],
    [4, 0, 0, 0, 0], // created, modified
    [2, LEFT, 0, RIGHT, HIGH, 0, 8, 2, 0, 0],
  ),
  hhea: pack([4, 0x10000], [2, ASCENDER, DESCENDER, 0, ADVANCE, 0, 0, RIGHT, 1, 0, 0, 0, 0, 0, 0, 0, GLYPHS]),
  hmtx: pack([2, ADVANCE, LEFT, ADVANCE, LEFT, ADVANCE, 0]),
  loca: pack([2, 0, box.length / 2, box.length, box.length]), // in units of two bytes
  maxp: pack([4, 0x10000], [2, GLYPHS, 4, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0]),
  name: pack([2, 0, 0, 6]),
  post: pack([4, 0x30000, 0], [2, -100, 50], [4, 0, 0, 0, 0, 0]),
};

function font(): ArrayBuffer {
  const names = Object.keys(tables); // in the order of their bytes, as a directory has to be
  const parts: Uint8Array[] = [];
  let offset = 12 + 16 * names.length;
  const entries = names.map((name): Part[] => {
    const table = tables[name];
    const entry: Part[] = [
      [1, ...[...name].map((letter) => letter.charCodeAt(0))],
      [4, 0, offset, table.length], // browsers do not ask for the check sum
    ];
    offset += table.length;
    parts.push(table);
    return entry;
  });
  const half = 2 ** Math.floor(Math.log2(names.length));
  const search: Part = [2, names.length, 16 * half, Math.log2(half), 16 * (names.length - half)];
  const bytes = [pack([4, 0x10000], search, ...entries.flat()), ...parts].flatMap((part) => [...part]);
  return Uint8Array.from(bytes).buffer;
}

/** Writes everything in boxes from now on; returns what ends it. */
export async function writeInBoxes(): Promise<() => void> {
  const face = new FontFace('Boxes', font(), { weight: '1 1000', style: 'normal' });
  document.fonts.add(await face.load());
  const style = document.createElement('style');
  style.textContent = `
    :root { --sans: Boxes !important; --serif: Boxes !important; --mono: Boxes !important; font-synthesis: none; }
    *, *::before, *::after { font-family: Boxes !important; font-style: normal !important; scrollbar-width: none; }
  `;
  document.head.append(style);
  return () => {
    style.remove();
    document.fonts.delete(face);
  };
}
