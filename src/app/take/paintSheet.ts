/** Lays out a sheet and paints it: into the pixels of a PNG, the lines of an SVG, or the picture of a film. */
import { drawOutline } from '../draw/outline.ts';
import type { Palette } from '../draw/palette.ts';
import { stamps } from '../draw/stamp.ts';
import type { Cell, Entry, Shape, Sheet } from './sheet.ts';
import { takeStrings } from './strings.ts';
import { openSvg } from './svg.ts';

/** Signs are drawn at this share of the page's text size, which is 16 units of theirs. */
const SIGN_EM = 0.9;
/** From where a sign begins to its words. */
export const INDENT_EM = 1.3 * SIGN_EM;
const PADDING_EM = 0.75;
export const LINE_EM = 1.35;
/** No screen shows fewer pixels for each of CSS in print. */
const LEAST_SCALE = 2;
/** Browsers make no larger canvases everywhere, in pixels. */
const MOST_PIXELS = 16_000_000;

function drawSign(context: CanvasRenderingContext2D, shapes: readonly Shape[], side: number): void {
  const scale = side / 16;
  for (const shape of shapes) {
    context.fillStyle = shape.fill ?? '#000';
    context.strokeStyle = shape.stroke ?? '#000';
    const isOutline = shape.kind === 'outline';
    context.lineWidth = shape.width * (isOutline ? 1 : scale);
    if (isOutline) {
      if (shape.fill) drawOutline(context, shape.d, scale, true);
      if (shape.stroke) drawOutline(context, shape.d, scale, false);
      continue;
    }
    const [x, y, ...size] = shape.at.map((value) => value * scale);
    context.beginPath();
    if (shape.kind === 'circle') context.arc(x, y, size[0], 0, 2 * Math.PI);
    else context.rect(x, y, size[0], size[1]);
    if (shape.fill) context.fill();
    if (shape.stroke) context.stroke();
  }
}

/** Words in lines of at most so many pixels. */
export function broken(words: string, measure: CanvasRenderingContext2D, width: number): string[] {
  const lines: string[] = [];
  for (const word of words.split(' ').filter((each) => each !== '')) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && measure.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** Words with their signs in front, from line to line. */
interface Word {
  readonly x: number;
  readonly line: number;
  readonly entry: Entry;
  readonly isFaint: boolean;
}

/** Where everything lies, in CSS pixels: the head's height is found with the lengths of its words. */
export interface Layout {
  readonly sheet: Sheet;
  readonly words: readonly Word[];
  readonly head: number;
  readonly width: number;
  readonly height: number;
}

const ruler = () => document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D;
const fontOf = ({ textSize, sans }: Palette) => `${0.8 * textSize}px ${sans}`;

/** Measures words of entries. */
export function rulerOf(palette: Palette): CanvasRenderingContext2D {
  const measure = ruler();
  measure.font = fontOf(palette);
  return measure;
}

export function layOut(sheet: Sheet): Layout {
  const { palette, notes, legend } = sheet;
  const em = palette.textSize;
  const pad = PADDING_EM * em;
  const measure = rulerOf(palette);
  const words: Word[] = [];
  let [x, line] = [0, 0];
  const entries = [
    ...legend.map((entry) => ({ entry, isFaint: false })),
    ...notes
      .flatMap((note) => broken(note, measure, sheet.width))
      .map((note) => ({ entry: { shapes: [], words: note }, isFaint: true })),
  ];
  for (const { entry, isFaint } of entries) {
    const before = entry.shapes.length > 0 ? INDENT_EM * em : 0;
    const long = before + measure.measureText(entry.words).width;
    if (x > 0 && x + long > sheet.width) {
      x = 0;
      line += 1;
    }
    words.push({ x, line, entry, isFaint });
    x += long + 1.1 * em;
  }
  const lines = words.length > 0 ? line + 1 : 0;
  // The title and the caption, each on a line of its own.
  const head = pad + (1.5 + 1.15 + lines * LINE_EM + (lines > 0 ? 0.35 : 0.2)) * em;
  return {
    sheet,
    words,
    head,
    width: Math.ceil(sheet.width + 2 * pad),
    height: Math.ceil(head + sheet.height + pad),
  };
}

/** Paints it all; `paintCell` puts what a cell shows at the origin of the context. */
function paintSheet(
  context: CanvasRenderingContext2D,
  { sheet, words, head, width, height }: Layout,
  paintCell: (cell: Cell) => void = ({ painter }) => painter.paint(context),
): void {
  const { palette, title, caption, cells, ground } = sheet;
  const em = palette.textSize;
  const pad = PADDING_EM * em;
  context.fillStyle = palette.page;
  context.fillRect(0, 0, width, height);
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  context.fillStyle = palette.ink;
  context.font = `600 ${em}px ${palette.sans}`;
  context.fillText(title, pad, pad + 0.95 * em, width - 2 * pad);
  context.font = `${0.75 * em}px ${palette.sans}`;
  context.fillStyle = palette.muted;
  context.fillText(caption, pad, pad + 2.15 * em, width - 2 * pad);
  for (const { x, line, entry, isFaint } of words) {
    const baseline = pad + (3.45 + line * LINE_EM) * em;
    drawEntry(context, entry, pad + x, baseline, palette, isFaint);
  }
  for (const cell of cells) {
    context.save();
    context.translate(pad + cell.x, head + cell.y);
    if (cell.caption) drawEntry(context, cell.caption, 0, -0.55 * em, palette);
    context.beginPath();
    context.rect(0, 0, cell.width, cell.height);
    context.fillStyle = ground;
    context.fill();
    context.clip();
    paintCell(cell);
    context.restore();
  }
}

export function drawEntry(
  context: CanvasRenderingContext2D,
  { shapes, words }: Entry,
  x: number,
  baseline: number,
  palette: Palette,
  isFaint = false,
): void {
  const em = palette.textSize;
  const side = SIGN_EM * em;
  context.save();
  context.translate(x, baseline - 0.78 * side);
  drawSign(context, shapes, side);
  context.restore();
  context.font = fontOf(palette);
  context.fillStyle = isFaint ? palette.muted : palette.ink;
  context.fillText(words, x + (shapes.length > 0 ? INDENT_EM * em : 0), baseline);
}

/** At twice the pixels of CSS, or as many as the screen has. */
export async function pngOf(sheet: Sheet): Promise<Blob> {
  const layout = layOut(sheet);
  const wanted = Math.max(LEAST_SCALE, devicePixelRatio);
  const scale = Math.min(wanted, Math.sqrt(MOST_PIXELS / (layout.width * layout.height)));
  const canvas = document.createElement('canvas');
  canvas.width = Math.floor(layout.width * scale);
  canvas.height = Math.floor(layout.height * scale);
  const context = canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;
  context.scale(scale, scale);
  drawStampsAnew(context);
  paintSheet(context, layout);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error(takeStrings.tooLarge));
    }, 'image/png');
  });
}

/** What was drawn once at the screen's scale is drawn again at this one. */
function drawStampsAnew(context: CanvasRenderingContext2D): void {
  const { drawImage } = context;
  context.drawImage = (image: CanvasImageSource, ...place: number[]) => {
    const draw = stamps.get(image);
    if (!draw) {
      (drawImage as (image: CanvasImageSource, ...place: number[]) => void).call(context, image, ...place);
      return;
    }
    context.save();
    context.translate(place[0], place[1]);
    draw(context);
    context.restore();
  };
}

/** As lines, shapes and text, where it is not a map of colours; `missed` names what could not be drawn so. */
export function svgOf(sheet: Sheet): { blob: Blob; missed: ReadonlySet<string> } {
  const layout = layOut(sheet);
  const svg = openSvg(layout.width, layout.height, ruler());
  paintSheet(svg.context, layout);
  const text = svg.text(`${sheet.title}: ${sheet.caption}`, sheet.description);
  return { blob: new Blob([text], { type: 'image/svg+xml' }), missed: svg.missed };
}

/** The sheet as a film sees it, cheaply: what stands on the page's canvases. */
export function paintStill(context: CanvasRenderingContext2D, layout: Layout, scale: number): void {
  context.setTransform(scale, 0, 0, scale, 0, 0);
  paintSheet(context, layout, ({ canvas, width, height }) => {
    if (canvas) context.drawImage(canvas, 0, 0, width, height);
  });
}
