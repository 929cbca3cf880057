/** How a small canvas was drawn that pictures lay down again and again: to draw the same anew, sharply at any size. */

export const stamps = new WeakMap<object, (context: CanvasRenderingContext2D) => void>();
