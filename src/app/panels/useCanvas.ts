/** A canvas that is painted on animation frames, sharply on every screen, and only when there is news. */
import { type RefObject, useEffect, useRef } from 'react';
import { usePage } from '../context.ts';
import { type Palette, readPalette } from '../draw/palette.ts';

export interface Painting {
  readonly context: CanvasRenderingContext2D;
  /** In CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly palette: Palette;
  /** Since the last painting; endless where no motion is wanted, so that everything arrives at once. */
  readonly elapsedMs: number;
}

/** Pictures of networks change with the worker's frames; more of them would only take its processor. */
export const THIRTY_A_SECOND_MS = 32;

/** After a pause, motion goes on as if it had been so long. */
const LONGEST_ELAPSED_MS = 100;

/**
 * Drawn by the processor: on an emulated graphics card (SwiftShader, two shared cores) an accelerated canvas
 * gave 0.75 pictures of the ring a second where this gave 4.
 */
const CANVAS = { willReadFrequently: true } as const;

/**
 * Calls `paint` whenever the run, the cursor, the theme, the size or the component has changed, at most
 * every `everyMs`, and on each animation frame for as long as it returns true.
 */
export function useCanvas(
  paint: (painting: Painting) => boolean | undefined,
  everyMs = 0,
): RefObject<HTMLCanvasElement | null> {
  const page = usePage();
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const paintRef = useRef(paint);
  const wakeRef = useRef(() => {});
  useEffect(() => {
    paintRef.current = paint;
    wakeRef.current();
  });

  useEffect(() => {
    const canvas = canvasRef.current;
    const context = canvas?.getContext('2d', CANVAS) as CanvasRenderingContext2D | null | undefined;
    if (!canvas || !context) return;
    let request = 0;
    let last = Number.NEGATIVE_INFINITY;
    let palette: Palette | undefined;
    let [width, height] = [0, 0];

    const frame = (now: number) => {
      request = 0;
      if (now - last < everyMs) {
        wake();
        return;
      }
      if (width === 0 || height === 0) return;
      const ratio = devicePixelRatio;
      const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
      if (canvas.width !== across || canvas.height !== down) {
        canvas.width = across;
        canvas.height = down;
      }
      palette ??= readPalette(canvas);
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, width, height);
      const elapsedMs = stillness.matches
        ? Number.POSITIVE_INFINITY
        : Math.min(now - last, LONGEST_ELAPSED_MS);
      last = now;
      if (paintRef.current({ context, width, height, palette, elapsedMs })) wake();
    };
    const wake = () => {
      if (request === 0) request = requestAnimationFrame(frame);
    };
    wakeRef.current = wake;

    const repaint = () => {
      palette = undefined;
      wake();
    };
    const size = new ResizeObserver(([entry]) => {
      ({ width, height } = entry.contentRect);
      repaint();
    });
    size.observe(canvas);
    const theme = new MutationObserver(repaint);
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    const stillness = matchMedia('(prefers-reduced-motion: reduce)');
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', repaint);
    const unsubscribe = page.subscribe(wake);
    page.cursor.listeners.add(wake);
    return () => {
      cancelAnimationFrame(request);
      wakeRef.current = () => {};
      size.disconnect();
      theme.disconnect();
      scheme.removeEventListener('change', repaint);
      unsubscribe();
      page.cursor.listeners.delete(wake);
    };
  }, [page, everyMs]);

  return canvasRef;
}
