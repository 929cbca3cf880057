/** A canvas that is painted on animation frames, sharply on every screen, and only when there is news. */
import { type RefObject, useEffect, useRef } from 'react';
import { usePage } from '../context.ts';
import { type Palette, readPalette } from '../draw/palette.ts';
import { isStill } from '../motion.ts';

export interface Painting {
  readonly context: CanvasRenderingContext2D;
  /** In CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly palette: Palette;
  /** Since the last painting; endless where no motion is wanted, so that everything arrives at once. */
  readonly elapsedMs: number;
}

/** A canvas as it would be painted now: at its size, without letting time pass, on whatever context. */
export interface Painter extends Pick<Painting, 'width' | 'height' | 'palette'> {
  paint(context: CanvasRenderingContext2D): void;
}

/** Of each canvas on the page, for whoever takes its picture away; undefined before it has a size. */
export const painters = new WeakMap<Element, () => Painter | undefined>();

/** Pictures of networks change with the worker's frames; more of them would only take its processor. */
export const THIRTY_A_SECOND_MS = 32;

/** After a pause, motion goes on as if it had been so long. */
const LONGEST_ELAPSED_MS = 100;

/**
 * Drawn by the processor: on an emulated graphics card (SwiftShader, two shared cores) an accelerated canvas
 * gave 0.75 pictures of the ring a second where this gave 4.
 */
const CANVAS = { willReadFrequently: true } as const;

/** Painting takes at most about so much of an animation frame: what is left waits for the next. */
const PAINTING_MS = 6;

/**
 * What need not be new in every picture of the screen is painted together, on a common beat: the browser lays out,
 * layers and commits the whole page for the first canvas that is new in a picture, and for little more for the others.
 */
const BEAT_MS = THIRTY_A_SECOND_MS;

interface Easel {
  /** The least time between two paintings; with none, it is painted with every picture of the screen. */
  readonly everyMs: number;
  /** When its turn came last. */
  turnAt: number;
  /** Says whether it is done with. */
  paint(now: number): boolean;
}

/** Canvases that are to be painted, and those whose turn has come: the longest waiting first. */
const waiting = new Set<Easel>();
const next = new Set<Easel>();
let beatAt = Number.NEGATIVE_INFINITY;
let request = 0;

function paintSoon(easel: Easel): void {
  if (!next.has(easel)) waiting.add(easel);
  if (request === 0) request = requestAnimationFrame(paintWaiting);
}

function paintWaiting(now: number): void {
  request = 0;
  const isBeat = now - beatAt >= BEAT_MS;
  if (isBeat) beatAt = now;
  for (const easel of waiting) {
    if (easel.everyMs > 0 && !(isBeat && now - easel.turnAt >= easel.everyMs)) continue;
    easel.turnAt = now;
    waiting.delete(easel);
    next.add(easel);
  }
  const begun = performance.now();
  for (const easel of [...next]) {
    if (performance.now() - begun > PAINTING_MS) break;
    next.delete(easel);
    if (!easel.paint(now)) waiting.add(easel);
  }
  if (waiting.size + next.size > 0) request ||= requestAnimationFrame(paintWaiting);
}

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
    let last = Number.NEGATIVE_INFINITY;
    let palette: Palette | undefined;
    let [width, height] = [0, 0];

    const paintNow = (now: number) => {
      if (width === 0 || height === 0) return true;
      const ratio = devicePixelRatio;
      const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
      if (canvas.width !== across || canvas.height !== down) {
        canvas.width = across;
        canvas.height = down;
      }
      palette ??= readPalette(canvas);
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, width, height);
      const elapsedMs = isStill() ? Number.POSITIVE_INFINITY : Math.min(now - last, LONGEST_ELAPSED_MS);
      last = now;
      return !paintRef.current({ context, width, height, palette, elapsedMs });
    };
    const easel: Easel = { everyMs, turnAt: Number.NEGATIVE_INFINITY, paint: paintNow };
    const wake = () => paintSoon(easel);
    wakeRef.current = wake;
    painters.set(canvas, () => {
      if (width === 0 || height === 0) return undefined;
      const colours = palette ?? readPalette(canvas);
      const size = { width, height, palette: colours };
      return {
        ...size,
        paint: (other) => void paintRef.current({ ...size, context: other, elapsedMs: 0 }),
      };
    });

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
    theme.observe(document.documentElement, {
      attributes: true,
      attributeFilter: ['data-theme', 'data-presents'],
    });
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', repaint);
    const unsubscribe = page.subscribe(wake);
    page.cursor.listeners.add(wake);
    return () => {
      waiting.delete(easel);
      next.delete(easel);
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
