/** Path angle and path norm along the line between two points of a run (Berard et al. 2020, section 4). */
import { scaleLinear } from 'd3';
import { short } from '../format.ts';
import { panelStrings } from '../panels/strings.ts';
import { chartArea } from './chart.ts';
import { type Palette, strokeOf } from './palette.ts';

export interface PathReading {
  readonly alphas: Float64Array;
  /** Cosine between the line and the field, in [-1, 1]. */
  readonly angle: Float64Array;
  readonly norms: Float64Array;
}

/** The cosines and the norms that are drawn lowest and highest: each on a scale of its own. */
export function pathRanges({ norms }: Pick<PathReading, 'norms'>) {
  let most = 0;
  for (const value of norms) if (Number.isFinite(value)) most = Math.max(most, value);
  return { angle: [-1.05, 1.05], norms: [0, most * 1.05 || 1] } as const;
}

export function drawPathAngle(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  reading: PathReading,
  palette: Palette,
): void {
  const { alphas, angle, norms } = reading;
  const ranges = pathRanges(reading);
  const em = palette.textSize;
  const area = { ...chartArea(width, height, em), right: width - 2.6 * em };
  const x = scaleLinear([alphas[0], alphas[alphas.length - 1]], [area.left, area.right]);
  const y = scaleLinear(ranges.angle, [area.bottom, area.top]);
  const size = scaleLinear(ranges.norms, [area.bottom, area.top]);

  context.font = `${0.7 * em}px ${palette.sans}`;
  context.lineWidth = 1;
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  for (const tick of [-1, -0.5, 0, 0.5, 1]) {
    const at = Math.round(y(tick)) + 0.5;
    context.strokeStyle = tick === 0 ? palette.muted : palette.line;
    context.beginPath();
    context.moveTo(area.left, at);
    context.lineTo(area.right, at);
    context.stroke();
    context.fillStyle = palette.muted;
    context.fillText(short(tick), area.left - 0.45 * em, at);
  }
  context.textAlign = 'left';
  for (const tick of size.ticks(3)) context.fillText(short(tick), area.right + 0.4 * em, size(tick));
  context.textBaseline = 'top';
  context.textAlign = 'center';
  for (const [alpha, word] of [
    [0, panelStrings.dynamics.from],
    [1, panelStrings.dynamics.to],
  ] as const) {
    const at = Math.round(x(alpha)) + 0.5;
    context.strokeStyle = palette.line;
    context.beginPath();
    context.moveTo(at, area.top);
    context.lineTo(at, area.bottom);
    context.stroke();
    context.fillText(word, at, area.bottom + 0.4 * em);
  }
  line(norms, size, palette.muted, [5, 4]);
  line(angle, y, palette.lane, []);

  function line(
    values: Float64Array,
    axis: (value: number) => number,
    colour: string,
    dash: readonly number[],
  ): void {
    context.beginPath();
    for (let i = 0; i < alphas.length; i++) {
      if (Number.isFinite(values[i])) context.lineTo(x(alphas[i]), axis(values[i]));
    }
    context.strokeStyle = colour;
    context.lineWidth = 1.8 * strokeOf(palette);
    context.setLineDash([...dash]);
    context.stroke();
    context.setLineDash([]);
  }
}
