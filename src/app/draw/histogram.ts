/** How many samples fall into each class: bars, and beside each what real samples have. */
import { type Palette, strokeOf } from './palette.ts';

/** Below narrower bars than this are no names, in ems. */
const NAMED_BAR_EM = 1.1;
/** Of the names: their size, a row of them, and the room above the first, in ems. */
const NAME_EM = 0.72;
const ROW_EM = 0.95;
const ABOVE_EM = 0.35;
/** Names take turns in so many rows where they do not fit side by side. */
const MOST_ROWS = 3;

/** How names of these widths stand beneath bars: in how many rows, in turns, each how wide, and where its middle is. */
export function placesOf(
  widths: readonly number[],
  pitch: number,
  space: number,
): {
  readonly rows: number;
  readonly places: readonly { readonly middle: number; readonly width: number }[];
} {
  const whole = pitch * widths.length;
  const place = (width: number, k: number) => ({
    width,
    middle: Math.max(width / 2, Math.min(whole - width / 2, (k + 0.5) * pitch)),
  });
  for (let rows = 1; rows <= MOST_ROWS; rows++) {
    const places = widths.map(place);
    const isFree = places.every(({ middle, width }, k) => {
      const next = places[k + rows];
      return width <= whole && (!next || middle + width / 2 + space <= next.middle - next.width / 2);
    });
    if (isFree) return { rows, places };
  }
  // Where even those at the ends, which are moved inwards, do not meet the next.
  const most = Math.min(whole, Math.max(0, ((MOST_ROWS + 1) / 2) * pitch - space));
  return { rows: MOST_ROWS, places: widths.map((width, k) => place(Math.min(width, most), k)) };
}

export function drawHistogram(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  hits: Float64Array,
  real: Float64Array,
  names: readonly string[],
  palette: Palette,
): void {
  const em = palette.textSize;
  const pitch = width / hits.length;
  const isNamed = names.length > 0 && pitch >= NAMED_BAR_EM * em;
  context.font = `${NAME_EM * em}px ${palette.sans}`;
  const { rows, places } = isNamed
    ? placesOf(
        names.map((name) => context.measureText(name).width),
        pitch,
        ABOVE_EM * em,
      )
    : { rows: 0, places: [] };
  const bottom = height - (isNamed ? (ABOVE_EM + rows * ROW_EM) * em : 0) - 1;
  const most = 1.05 * Math.max(1, ...hits, ...real);
  const gap = pitch > 6 ? 0.18 * pitch : 0;
  for (let k = 0; k < hits.length; k++) {
    const x = k * pitch + gap / 2;
    const y = bottom * (1 - hits[k] / most);
    context.fillStyle = palette.generator;
    context.fillRect(x, y, pitch - gap, bottom - y);
    const level = bottom * (1 - real[k] / most);
    context.fillStyle = palette.discriminator;
    context.fillRect(x - gap / 4, level - strokeOf(palette), pitch - gap / 2, 2 * strokeOf(palette));
    if (!isNamed) continue;
    context.fillStyle = hits[k] > 0 ? palette.ink : palette.warning;
    context.font = `${NAME_EM * em}px ${palette.sans}`;
    context.textAlign = 'center';
    context.textBaseline = 'top';
    const name = shortened(context, names[k], places[k].width);
    context.fillText(name, places[k].middle, bottom + (ABOVE_EM + (k % rows) * ROW_EM) * em);
  }
  context.fillStyle = palette.line;
  context.fillRect(0, bottom, width, 1);
}

/** As much of a name as there is room for. */
function shortened(context: CanvasRenderingContext2D, name: string, room: number): string {
  const fits = (text: string) => context.measureText(text).width <= room + 0.01;
  if (fits(name)) return name;
  let length = name.length - 1;
  while (length > 1 && !fits(`${name.slice(0, length)}…`)) length -= 1;
  return `${name.slice(0, length)}…`;
}
