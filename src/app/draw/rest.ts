/** Points of rest of a plane: a mark for what each is to the flow, and the curves that some of them make. */
import type { RestKind } from '../../analysis/equilibria.ts';
import { drawOutline } from './outline.ts';
import { type Palette, strokeOf } from './palette.ts';
import type { Frame2D } from './plane.ts';

/** What a mark is drawn as; nodes and foci of a kind share one, the words tell them apart. */
export type RestMark = 'in' | 'round' | 'saddle' | 'out' | 'degenerate';

export const markOf: Readonly<Record<RestKind, RestMark>> = {
  'stable node': 'in',
  'stable focus': 'in',
  centre: 'round',
  saddle: 'saddle',
  'unstable focus': 'out',
  'unstable node': 'out',
  degenerate: 'degenerate',
};

/** Each mark as paths of an SVG of 16 x 16: what is filled, what is only drawn, and in which colour. */
export const restMarks: Readonly<
  Record<RestMark, { readonly fill?: string; readonly line?: string; readonly colour: 'ink' | 'warning' }>
> = {
  in: { fill: 'M8 2.5 A5.5 5.5 0 1 1 7.99 2.5 Z', colour: 'ink' },
  round: {
    line: 'M8 2.5 A5.5 5.5 0 1 1 7.99 2.5 Z',
    fill: 'M8 6 A2 2 0 1 1 7.99 6 Z',
    colour: 'ink',
  },
  saddle: { line: 'M3 3 L13 13 M13 3 L3 13', colour: 'warning' },
  out: { line: 'M8 2.5 A5.5 5.5 0 1 1 7.99 2.5 Z', colour: 'warning' },
  degenerate: { line: 'M2.5 2.5 H13.5 V13.5 H2.5 Z M8 5 V9 M8 10.6 V11.6', colour: 'ink' },
};

/** More names than these hide the picture that they name. */
const MOST_NAMED = 6;

interface Rest {
  readonly at: ArrayLike<number>;
  readonly kind: RestKind;
}

/** The marks, named where there is room. */
export function drawRest(
  context: CanvasRenderingContext2D,
  frame: Pick<Frame2D, 'x' | 'y' | 'width' | 'height'>,
  points: readonly Rest[],
  palette: Palette,
): void {
  const em = palette.textSize;
  const seen = points
    .map(({ at, kind }) => ({ kind, x: frame.x(at[0]), y: frame.y(at[1]) }))
    .filter(({ x, y }) => x > -em && y > -em && x < frame.width + em && y < frame.height + em);
  for (const { kind, x, y } of seen) {
    const { fill, line, colour } = restMarks[markOf[kind]];
    context.save();
    const scale = em / 16; // marks are written in a square of 16
    context.translate(x - em / 2, y - em / 2);
    // A rim of paper keeps it apart from the streams and paths below.
    context.strokeStyle = palette.paper;
    context.fillStyle = palette.paper;
    context.lineWidth = 5.5;
    for (const path of [fill, line]) if (path) drawOutline(context, path, scale, false);
    if (line) drawOutline(context, line, scale, true);
    context.strokeStyle = palette[colour];
    context.fillStyle = palette[colour];
    context.lineWidth = 2.2; // of the 16 that a mark is wide: it grows with it
    if (fill) drawOutline(context, fill, scale, true);
    if (line) drawOutline(context, line, scale, false);
    context.restore();
  }
  if (seen.length > MOST_NAMED) return;
  context.font = `${0.76 * em}px ${palette.sans}`;
  context.textAlign = 'left';
  context.textBaseline = 'top';
  for (const { kind, x, y } of seen) {
    context.fillStyle = palette.ink;
    context.strokeStyle = palette.paper;
    context.lineWidth = 0.19 * em;
    context.strokeText(kind, x + 0.65 * em, y + 0.4 * em);
    context.fillText(kind, x + 0.65 * em, y + 0.4 * em);
  }
}

/** Curves of points of rest, dashed, on a rim of paper. */
export function drawCurves(
  context: CanvasRenderingContext2D,
  frame: Pick<Frame2D, 'x' | 'y'>,
  curves: readonly ArrayLike<number>[],
  palette: Palette,
): void {
  const width = 2 * strokeOf(palette);
  context.lineJoin = 'round';
  for (const [colour, lineWidth, dash] of [
    [palette.paper, width + 3, []],
    [palette.ink, width, [3 * width, 2 * width]],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = lineWidth;
    context.setLineDash(dash);
    for (const curve of curves) {
      context.beginPath();
      for (let i = 0; i < curve.length; i += 2) context.lineTo(frame.x(curve[i]), frame.y(curve[i + 1]));
      context.stroke();
    }
  }
  context.setLineDash([]);
}
