/** A film strip: small pictures of samples, a row for each lane, the step beneath each. */
import type { ImagesPicture, SamplesPicture } from '../../catalog/kinds.ts';
import { aligned, type Film, MOST_STILLS, type Still } from '../film.ts';
import { count } from '../format.ts';
import { type Palette, strokeOf } from './palette.ts';
import { centred } from './plane.ts';
import { layShape, type Shape } from './shapes.ts';
import { gridFor, openTiles } from './tiles.ts';

export interface FilmRow {
  readonly film: Film;
  /** The newest moment, which ends the row. */
  readonly newest?: Still;
  readonly colour: string;
  /** Of the lane, where several race. */
  readonly shape?: Shape;
}

/** Text below a picture, and the space between two, in ems. */
const LABEL_EM = 1.15;
const GAP_EM = 0.3;

/** What is filmed: samples in the plane, or pictures. */
export type Filmed =
  | Pick<SamplesPicture, 'kind' | 'extent' | 'modes'>
  | Pick<ImagesPicture, 'kind' | 'side' | 'channels'>;

/** What pictures are painted with, one for each place in the strip: a still stays in its place for long. */
export type FilmTiles = (row: number, column: number) => ReturnType<typeof openTiles>;

export function openFilmTiles(): FilmTiles {
  const opened = new Map<string, ReturnType<typeof openTiles>>();
  return (row, column) => {
    const place = `${row} ${column}`;
    const tiles = opened.get(place) ?? openTiles();
    opened.set(place, tiles);
    return tiles;
  };
}

/** Of the pictures of a moment, the first so many are shown. */
const PICTURES_SHOWN = 16;

/** A column of the strip: the step of its pictures, and where it stands, in CSS pixels. */
export interface FilmColumn {
  readonly step: number;
  readonly left: number;
  readonly width: number;
}

/** Draws the strip; says where its columns stand. */
export function drawFilm(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  rows: readonly FilmRow[],
  picture: Filmed,
  tilesAt: FilmTiles,
  palette: Palette,
): FilmColumn[] {
  const columns = new Map<number, FilmColumn>();
  const em = palette.textSize;
  const [label, gap] = [LABEL_EM * em, GAP_EM * em];
  const high = height / rows.length;
  const side = Math.max(8, high - label - 1);
  const fit = Math.max(2, Math.min(MOST_STILLS + 1, Math.floor((width + gap) / (side + gap))));
  const table = aligned(
    rows.map(({ film }) => film),
    fit,
  );
  for (const [i, { newest, colour, shape }] of rows.entries()) {
    const last = table[i].findLastIndex((still) => still !== undefined);
    const isNews = newest && newest.step > (table[i][last]?.step ?? -1);
    for (const [column, still] of [...table[i], isNews ? newest : undefined].entries()) {
      if (!still) continue;
      const left = column * (side + gap);
      if (!columns.has(column)) columns.set(column, { step: still.step, left, width: side });
      const isLast = isNews ? still === newest : column === last;
      context.save();
      context.translate(left + 0.5, i * high + 0.5);
      if (picture.kind === 'images') drawPictures(context, side, still, picture, tilesAt(i, column), palette);
      else drawStill(context, side, still, picture, colour, palette);
      context.strokeStyle = isLast ? palette.ink : palette.line;
      context.lineWidth = 1;
      context.strokeRect(0, 0, side, side);
      if (shape) {
        layShape(context, shape, 0.5 * em, 0.5 * em, 0.26 * em);
        context.fillStyle = colour;
        context.fill();
      }
      context.font = `${0.68 * em}px ${palette.sans}`;
      context.fillStyle = isLast ? palette.ink : palette.muted;
      context.textAlign = 'center';
      context.textBaseline = 'top';
      context.fillText(count(still.step), side / 2, side + 0.2 * em, side + gap);
      context.restore();
    }
  }
  return [...columns.values()].sort((a, b) => a.left - b.left);
}

function drawStill(
  context: CanvasRenderingContext2D,
  side: number,
  { positions }: Still,
  { extent, modes }: Pick<SamplesPicture, 'extent' | 'modes'>,
  colour: string,
  palette: Palette,
): void {
  const frame = centred(side, side, extent);
  context.beginPath();
  context.rect(0, 0, side, side);
  context.fillStyle = palette.paper;
  context.fill();
  context.save();
  context.clip();
  context.fillStyle = colour;
  context.globalAlpha = 0.75;
  const size = Math.max(1.2, side / 42);
  for (let i = 0; i < positions.length; i += 2) {
    context.fillRect(frame.x(positions[i]) - size / 2, frame.y(positions[i + 1]) - size / 2, size, size);
  }
  context.globalAlpha = 0.55;
  context.strokeStyle = palette.ink;
  context.lineWidth = 0.8 * strokeOf(palette);
  const { centres, spread } = modes ?? { centres: [], spread: 0 };
  const radius = Math.max(1.5, 3 * spread * frame.scale);
  for (let k = 0; k < centres.length; k += 2) {
    context.beginPath();
    context.arc(frame.x(centres[k]), frame.y(centres[k + 1]), radius, 0, 2 * Math.PI);
    context.stroke();
  }
  context.restore();
}

function drawPictures(
  context: CanvasRenderingContext2D,
  side: number,
  { positions: values }: Still,
  picture: Pick<ImagesPicture, 'side' | 'channels'>,
  tiles: ReturnType<typeof openTiles>,
  palette: Palette,
): void {
  context.fillStyle = palette.paper;
  context.fillRect(0, 0, side, side);
  const count = Math.min(PICTURES_SHOWN, values.length / (picture.side ** 2 * picture.channels));
  tiles.draw(context, { values, ...picture }, count, gridFor(count, side, side));
}
