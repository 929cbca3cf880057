/** A panel as a sheet to take away: its title, what was said beside it, its legend, and below that what it shows. */
import { type Palette, readPalette } from '../draw/palette.ts';
import type { Page } from '../page.ts';
import { type Painter, painters } from '../panels/useCanvas.ts';
import type { Panel } from '../panels.ts';
import { captionOf, heardOf, playedOf } from './name.ts';
import { broken, drawEntry, INDENT_EM, LINE_EM, rulerOf } from './paintSheet.ts';
import { takeStrings } from './strings.ts';

/** A sign of the legend, in a square of 16 × 16, with its words. */
export interface Entry {
  readonly shapes: readonly Shape[];
  readonly words: string;
}
export type Shape = {
  readonly fill?: string;
  readonly stroke?: string;
  readonly width: number;
} & (
  | { readonly kind: 'outline'; readonly d: string }
  | { readonly kind: 'circle'; readonly at: readonly [x: number, y: number, radius: number] }
  | { readonly kind: 'rect'; readonly at: readonly [x: number, y: number, width: number, height: number] }
);

/**
 * One canvas of the panel, where it stands among the others; or its list, in a panel that has no canvas. In CSS
 * pixels.
 */
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
  const measure = rulerOf(palette);
  const indent = INDENT_EM * em;
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
