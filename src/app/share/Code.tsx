/** A link as a QR code, for a camera: black on white in light and dark, as readers expect it. */
import { encode } from 'uqr';
import { say as sharing } from './strings.ts';

const say = sharing.dialog.code;

/** Characters: with more, the modules are too small for the camera of a phone before a projector. */
export const MOST_IN_CODE = 1000;
/** Modules around the code: ISO/IEC 18004 asks for four. */
const QUIET = 4;

export function Code({ text }: { text: string }) {
  if (text.length > MOST_IN_CODE) return <p className="summary">{say.long(text.length, MOST_IN_CODE)}</p>;
  const { size, data } = encode(text, { ecc: 'L', border: QUIET });
  return (
    <svg className="share-code" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={say.alt(text)}>
      <rect width={size} height={size} fill="#fff" />
      <path d={pathOf(data)} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}

/** One rectangle for each run of dark modules in a row. */
function pathOf(rows: readonly (readonly boolean[])[]): string {
  let path = '';
  for (const [y, row] of rows.entries()) {
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue;
      let end = x;
      while (row[end]) end += 1;
      path += `M${x} ${y}h${end - x}v1h${x - end}z`;
      x = end;
    }
  }
  return path;
}
