/** A film strip: small pictures of samples, a row for each lane, the step beneath each. */
import type { SamplesPicture } from '../../catalog/kinds.ts';
import { aligned, type Film, MOST_STILLS, type Still } from '../film.ts';
import { count } from '../format.ts';
import { type Palette, strokeOf } from './palette.ts';
import { centred } from './plane.ts';
import { layShape, type Shape } from './shapes.ts';

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

export function drawFilm(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  rows: readonly FilmRow[],
  picture: Pick<SamplesPicture, 'extent' | 'modes'>,
  palette: Palette,
): void {
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
      const isLast = isNews ? still === newest : column === last;
      context.save();
      context.translate(column * (side + gap) + 0.5, i * high + 0.5);
      drawStill(context, side, still, picture, colour, palette);
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
