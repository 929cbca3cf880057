/** The shapes that double the colours: of players, and of lanes. */

/** In the order of the lanes' colours; players are circle and square. */
export const laneShapes = ['triangle', 'diamond', 'circle', 'square', 'star', 'wedge'] as const;
export type Shape = (typeof laneShapes)[number];

/** Outlines as points of a figure of half-width 1 about the origin, y downwards. */
const outlines: Record<Exclude<Shape, 'circle'>, readonly (readonly [number, number])[]> = {
  square: [
    [-0.9, -0.9],
    [0.9, -0.9],
    [0.9, 0.9],
    [-0.9, 0.9],
  ],
  triangle: [
    [0, -1.2],
    [1.1, 0.8],
    [-1.1, 0.8],
  ],
  wedge: [
    [0, 1.2],
    [1.1, -0.8],
    [-1.1, -0.8],
  ],
  diamond: [
    [0, -1.3],
    [1.1, 0],
    [0, 1.3],
    [-1.1, 0],
  ],
  star: Array.from({ length: 10 }, (_, i) => {
    const reach = i % 2 === 0 ? 1.4 : 0.6;
    return [reach * Math.sin((Math.PI * i) / 5), -reach * Math.cos((Math.PI * i) / 5)] as const;
  }),
};

/** Lays the outline of a shape of this half-width; the caller fills and strokes it. */
export function layShape(
  context: CanvasPath & Pick<CanvasDrawPath, 'beginPath'>,
  shape: Shape,
  x: number,
  y: number,
  size: number,
): void {
  context.beginPath();
  if (shape === 'circle') {
    context.arc(x, y, size, 0, 2 * Math.PI);
    return;
  }
  for (const [right, down] of outlines[shape]) context.lineTo(x + size * right, y + size * down);
  context.closePath();
}

/** The same as the path of an SVG of 16 x 16. */
export function shapePath(shape: Shape): string {
  if (shape === 'circle') return 'M8 3.5 A4.5 4.5 0 1 1 7.99 3.5 Z';
  return `M${outlines[shape].map(([right, down]) => `${8 + 4.5 * right} ${8 + 4.5 * down}`).join('L')}Z`;
}
