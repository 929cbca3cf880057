/** Outlines in the words of SVG, such as those of the page's own signs. */

/** Lays an outline in the words of SVG down on either kind of context, `scale` pixels for each of its units. */
export function drawOutline(
  context: CanvasRenderingContext2D,
  d: string,
  scale: number,
  isFilled: boolean,
): void {
  const writer = context as unknown as { outline?: (d: string, scale: number, isFilled: boolean) => void };
  if (!(context instanceof CanvasRenderingContext2D)) {
    writer.outline?.(d, scale, isFilled);
    return;
  }
  context.save();
  context.scale(scale, scale);
  if (isFilled) context.fill(new Path2D(d));
  else context.stroke(new Path2D(d));
  context.restore();
}
