/** A panel as a sheet to take away: its title, what was said beside it, its legend, and below that what it shows. */

import { drawOutline } from '../draw/outline.ts';
import { type Palette, readPalette } from '../draw/palette.ts';
import { stamps } from '../draw/stamp.ts';
import type { Page } from '../page.ts';
import { type Painter, painters } from '../panels/useCanvas.ts';
import type { Panel } from '../panels.ts';
import { captionOf, heardOf, playedOf } from './name.ts';
import { takeStrings } from './strings.ts';
import { openSvg } from './svg.ts';

/** A sign of the legend, in a square of 16 × 16, with its words. */
interface Entry {
  readonly shapes: readonly Shape[];
  readonly words: string;
}
type Shape = {
  readonly fill?: string;
  readonly stroke?: string;
  readonly width: number;
} & (
  | { readonly kind: 'outline'; readonly d: string }
  | { readonly kind: 'circle'; readonly at: readonly [x: number, y: number, radius: number] }
  | { readonly kind: 'rect'; readonly at: readonly [x: number, y: number, width: number, height: number] }
);

/** One canvas of the panel, where it stands among the others; or its list, in a panel that has no canvas. */
export interface Cell {
  readonly canvas?: HTMLCanvasElement;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly painter: Painter;
  /** Whose it is, in a race. */
  readonly caption?: Entry;
}

export interface Sheet {
  readonly title: string;
  readonly notes: readonly string[];
  readonly legend: readonly Entry[];
  /** What was played, how, and how far. */
  readonly caption: string;
  readonly description: string;
  readonly cells: readonly Cell[];
  /** Of the cells together, in CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly palette: Palette;
  /** The colour behind the cells. */
  readonly ground: string;
}

/** Signs are drawn at this share of the page's text size, which is 16 units of theirs. */
const SIGN_EM = 0.9;
const PADDING_EM = 0.75;
const LINE_EM = 1.35;
/** No screen shows fewer pixels for each of CSS in print. */
const LEAST_SCALE = 2;
/** Browsers make no larger canvases everywhere, in pixels. */
const MOST_PIXELS = 16_000_000;

/** Panels in which the lanes are drawn together; the others are of the selected one. */
const ofEveryLane: ReadonlySet<string> = new Set<Panel['name']>([
  'losses',
  'modes',
  'accuracy',
  'distance',
  'latest',
  'norms',
  'gap',
  'film',
  'distances',
  'fidelity',
]);

/**
 * The sheet of a panel as it stands on the page, or of the picture, whose title is what is played; undefined where
 * there is nothing to see.
 */
export function sheetOf(figure: Element, page: Page, panelTitle?: string): Sheet | undefined {
  const isPicture = panelTitle === undefined;
  const { isAsked } = page.store.getState();
  const drawn = cellsOf(figure);
  const cells =
    drawn.length > 0 || isPicture ? drawn : listOf(figure, isAsked ? 'li' : 'li, tr, .figure-words');
  if (cells.length === 0) return undefined;
  const { palette } = cells[0].painter;
  const played = playedOf(page);
  const isRace = heardOf(page).length > 1 && ofEveryLane.has((figure as HTMLElement).dataset.panel ?? '');
  const { legend, words } = legendOf(figure, isRace);
  return {
    title: panelTitle ?? played,
    notes: [...words, ...notesOf(figure)],
    legend: [...lanesOf(figure, page, cells), ...legend, ...levelsOf(figure, palette)],
    caption: isPicture ? captionOf(page) : `${played} · ${captionOf(page)}`,
    description: [
      ...cells.map(({ canvas }) => canvas?.getAttribute('aria-label') ?? ''),
      // What a class is asked, a file does not tell either.
      ...[...(isAsked ? [] : figure.querySelectorAll('.figure-words'))].map(textOf),
      takeStrings.madeBy(page.link()),
    ].join(' '),
    cells,
    width: Math.max(...cells.map(({ x, width }) => x + width)),
    height: Math.max(...cells.map(({ y, height }) => y + height)),
    palette,
    ground: isPicture ? palette.paper : palette.page,
  };
}

/** The picture's frame on the page. */
export const pictureFrame = (): Element | null => document.querySelector('.picture-frame');

const textOf = (element: Element) => (element.textContent ?? '').trim();

/** Above a canvas that says whose it is. */
const CAPTION_EM = 1.6;

/** Canvases where they stand, in rows: what is said above them on the page is left out but for their names. */
function cellsOf(figure: Element): Cell[] {
  const found = [...figure.querySelectorAll('canvas')].flatMap((canvas) => {
    const painter = painters.get(canvas)?.();
    if (!painter) return [];
    const around = (canvas.closest('.multiple') ?? canvas).getBoundingClientRect();
    const caption = canvas.closest('.multiple')?.querySelector('figcaption');
    return [{ canvas, painter, around, caption }];
  });
  const left = Math.min(...found.map(({ around }) => around.left));
  const rows = [...new Set(found.map(({ around }) => Math.round(around.top)))].sort((a, b) => a - b);
  let y = 0;
  return rows.flatMap((top) => {
    const row = found.filter(({ around }) => Math.round(around.top) === top);
    const captions = row.map(({ caption }) => ownName(caption));
    if (captions.some((caption) => caption)) y += CAPTION_EM * row[0].painter.palette.textSize;
    const cells = row.map(({ canvas, painter, around }, i) => {
      const { width, height } = painter;
      return { canvas, painter, x: around.left - left, y, width, height, caption: captions[i] };
    });
    y += Math.max(...cells.map(({ height }) => height));
    return cells;
  });
}

/** What a panel without a canvas says, line by line, as wide as it stands on the page. */
function listOf(figure: Element, items: string): Cell[] {
  const palette = readPalette(figure);
  const { width } = figure.getBoundingClientRect();
  const em = palette.textSize;
  const measure = ruler();
  measure.font = `${0.8 * em}px ${palette.sans}`;
  const indent = 1.3 * SIGN_EM * em;
  const lines = [...figure.querySelectorAll<HTMLElement>(items)].flatMap((item): Entry[] => {
    const sign = item.querySelector('svg');
    // What can be pressed beside an entry is none of it.
    const said = item.querySelector<HTMLElement>(':scope > span') ?? item;
    const parts = said.innerText.split('\n').flatMap((part) => broken(part.trim(), measure, width - indent));
    return parts.map((words, i) => ({ shapes: sign && i === 0 ? shapesOf(sign) : [], words }));
  });
  if (lines.length === 0) return [];
  const hasSigns = lines.some(({ shapes }) => shapes.length > 0);
  const height = (lines.length + 0.3) * LINE_EM * em;
  const paint = (context: CanvasRenderingContext2D) => {
    for (const [i, entry] of lines.entries()) {
      const x = hasSigns && entry.shapes.length === 0 ? indent : 0;
      drawEntry(context, entry, x, (i + 0.8) * LINE_EM * em, palette);
    }
  };
  return [{ x: 0, y: 0, width, height, painter: { width, height, palette, paint } }];
}

/** Words in lines of at most so many pixels. */
function broken(words: string, measure: CanvasRenderingContext2D, width: number): string[] {
  const lines: string[] = [];
  for (const word of words.split(' ').filter((each) => each !== '')) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && measure.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** The mark and the name of the one lane that a picture is of. */
function ownName(caption: Element | null | undefined): Entry | undefined {
  const mark = caption?.querySelector(':scope > .lane-mark');
  const name = caption?.querySelector('strong');
  return mark && name ? { shapes: shapesOf(mark), words: textOf(name) } : undefined;
}

/** What is read in a chart, and the layers of a picture that are not hidden. */
function legendOf(figure: Element, isRace: boolean): { legend: Entry[]; words: string[] } {
  const terms = [...figure.querySelectorAll('figcaption dt')];
  const layers = [...figure.querySelectorAll('.legend-entry[aria-pressed=true]')];
  // In a race colours say the lane: what is drawn of each is then told in words alone.
  if (isRace) return { legend: [], words: terms.length > 0 ? [terms.map(textOf).join(', ')] : [] };
  const legend = [...terms, ...layers].flatMap((entry) => {
    const sign = entry.querySelector('svg');
    return sign ? [{ shapes: shapesOf(sign), words: textOf(entry) }] : [];
  });
  return { legend, words: [] };
}

const noteElements = (figure: Element) => [...figure.querySelectorAll('.chart-note')];
const isOfLevel = (note: Element) => note.querySelector('.dots') !== null;
const notesOf = (figure: Element) =>
  noteElements(figure)
    .filter((note) => !isOfLevel(note))
    .map(textOf)
    .filter((words) => words !== '');
/** What dotted lines mean. */
const levelsOf = (figure: Element, { muted }: Palette): Entry[] =>
  noteElements(figure)
    .filter(isOfLevel)
    .map((note) => ({
      shapes: [{ kind: 'outline', d: 'M1 8 H3 M6 8 H8 M11 8 H13', stroke: muted, width: 1.5 }],
      words: textOf(note),
    }));

/** In a race, the lanes whose lines and marks are in the panel; pictures say themselves whose they are. */
function lanesOf(figure: Element, page: Page, cells: readonly Cell[]): Entry[] {
  const heard = heardOf(page);
  if (heard.length < 2 || cells.some(({ caption }) => caption)) return [];
  const { selected } = page.store.getState();
  const panel = (figure as HTMLElement).dataset.panel;
  const isOfAll = panel === undefined || ofEveryLane.has(panel);
  const { palette } = cells[0].painter;
  return heard
    .filter(({ lane }) => isOfAll || lane.id === selected)
    .map(({ name, outline, colour }) => ({
      shapes: [{ kind: 'outline', d: outline, fill: palette.lanes[colour], width: 0 }],
      words: name,
    }));
}

/** The shapes of a small sign of the page, with the colours that the style sheet gives them. */
function shapesOf(svg: Element): Shape[] {
  return [...svg.querySelectorAll('path, circle, rect')].flatMap((element): Shape[] => {
    const { fill, stroke, strokeWidth } = getComputedStyle(element);
    const look = {
      fill: fill === 'none' ? undefined : fill,
      stroke: stroke === 'none' ? undefined : stroke,
      width: Number.parseFloat(strokeWidth),
    };
    const number = (name: string) => Number(element.getAttribute(name));
    if (element.tagName === 'circle')
      return [{ ...look, kind: 'circle', at: [number('cx'), number('cy'), number('r')] }];
    if (element.tagName === 'rect')
      return [{ ...look, kind: 'rect', at: [number('x'), number('y'), number('width'), number('height')] }];
    return [{ ...look, kind: 'outline', d: element.getAttribute('d') ?? '' }];
  });
}

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

/** Words with their signs in front, from line to line. */
interface Word {
  readonly x: number;
  readonly line: number;
  readonly entry: Entry;
  readonly isFaint: boolean;
}

/** Where everything lies: the head's height is found with the lengths of its words. */
export interface Layout {
  readonly sheet: Sheet;
  readonly words: readonly Word[];
  readonly head: number;
  readonly width: number;
  readonly height: number;
}

const ruler = () => document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D;

export function layOut(sheet: Sheet): Layout {
  const { palette, notes, legend } = sheet;
  const em = palette.textSize;
  const pad = PADDING_EM * em;
  const measure = ruler();
  measure.font = `${0.8 * em}px ${palette.sans}`;
  const signs = SIGN_EM * em;
  const words: Word[] = [];
  let [x, line] = [0, 0];
  const entries = [
    ...legend.map((entry) => ({ entry, isFaint: false })),
    ...notes
      .flatMap((note) => broken(note, measure, sheet.width))
      .map((note) => ({ entry: { shapes: [], words: note }, isFaint: true })),
  ];
  for (const { entry, isFaint } of entries) {
    const before = entry.shapes.length > 0 ? 1.3 * signs : 0;
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
export function paintSheet(
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

function drawEntry(
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
  context.font = `${0.8 * em}px ${palette.sans}`;
  context.fillStyle = isFaint ? palette.muted : palette.ink;
  context.fillText(words, x + (shapes.length > 0 ? 1.3 * side : 0), baseline);
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
