/** Dots of a picture that say what they are: under a mouse, a finger or the keys, in a label beside them. */
import { type KeyboardEvent, type MouseEvent, type PointerEvent, useState } from 'react';
import { type Palette, strokeOf } from '../draw/palette.ts';
import { usePlace } from './place.ts';
import type { Painting } from './useCanvas.ts';

/** A dot where it was painted last, in pixels. */
export interface Dot {
  readonly x: number;
  readonly y: number;
  readonly words: string;
}

export interface Dots {
  /** Those that were painted last, in the order in which keys go through them. */
  readonly painted: () => readonly Dot[];
  /** What the picture is called as something to point in, and how. */
  readonly role: string;
  readonly help: string;
}

/** Whoever points so near, in ems, means the dot; a finger is broader. */
const NEAR_EM = 1.1;
const NEAR_FINGER_EM = 2;

/** What is pointed at: a place, of a mouse or a finger; or a number in the order, of the keys. */
type Pointed = { readonly x: number; readonly y: number; readonly near: number } | { readonly index: number };

export function nearestDot(dots: readonly Dot[], x: number, y: number, within: number): Dot | undefined {
  let nearest: Dot | undefined;
  let best = within;
  for (const dot of dots) {
    const away = Math.hypot(dot.x - x, dot.y - y);
    if (away <= best) {
      best = away;
      nearest = dot;
    }
  }
  return nearest;
}

export function useDots(dots: Dots | undefined) {
  const { speak } = usePlace();
  const [pointed, setPointed] = useState<Pointed>();
  const inside = (event: MouseEvent<HTMLCanvasElement>, near: number): Pointed => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top, near };
  };

  function press(event: KeyboardEvent<HTMLCanvasElement>): void {
    if (!dots || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const count = Math.max(1, dots.painted().length);
    if (event.key === 'Escape' && pointed) setPointed(undefined);
    else if (/^Arrow/.test(event.key)) {
      const by = event.key === 'ArrowRight' || event.key === 'ArrowDown' ? 1 : -1;
      const before = pointed && 'index' in pointed ? pointed.index : by > 0 ? -1 : 0;
      const index = (before + by + count) % count;
      setPointed({ index });
      speak(() => dots.painted()[index]?.words ?? '');
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const handlers = dots && {
    tabIndex: 0,
    role: 'application',
    'aria-roledescription': dots.role,
    title: dots.help,
    onKeyDown: press,
    onFocus: ({ currentTarget }: { currentTarget: HTMLCanvasElement }) =>
      currentTarget.matches(':focus-visible') && setPointed((before) => before ?? { index: 0 }),
    onBlur: () => setPointed(undefined),
    onPointerMove(event: PointerEvent<HTMLCanvasElement>) {
      if (event.pointerType !== 'touch') setPointed(inside(event, NEAR_EM));
    },
    onPointerLeave(event: PointerEvent<HTMLCanvasElement>) {
      if (event.pointerType !== 'touch') setPointed(undefined);
    },
    // A finger that moves scrolls the page; one that taps means the dot.
    onClick(event: MouseEvent<HTMLCanvasElement>) {
      const { pointerType } = event.nativeEvent as globalThis.PointerEvent;
      if (pointerType === 'touch') setPointed(inside(event, NEAR_FINGER_EM));
    },
  };

  /** The label of the dot that is pointed at, over what was painted. */
  function drawPointed(painting: Painting): void {
    if (!dots || !pointed) return;
    const all = dots.painted();
    const { x, y, near } = 'index' in pointed ? { x: 0, y: 0, near: 0 } : pointed;
    const dot =
      'index' in pointed
        ? all[Math.min(pointed.index, all.length - 1)]
        : nearestDot(all, x, y, near * painting.palette.textSize);
    if (dot) drawLabel(painting, dot);
  }

  return { handlers, drawPointed };
}

/** A ring about the dot, and its words on paper where there is room. */
export function drawLabel(
  { context, width, height, palette }: Pick<Painting, 'context' | 'width' | 'height'> & { palette: Palette },
  { x, y, words }: Dot,
): void {
  const em = palette.textSize;
  context.beginPath();
  context.arc(x, y, 0.55 * em, 0, 2 * Math.PI);
  context.strokeStyle = palette.ink;
  context.lineWidth = 1.5 * strokeOf(palette);
  context.stroke();

  context.font = `${0.75 * em}px ${palette.sans}`;
  const lines = linesOf(words, (text) => context.measureText(text).width, width - 1.2 * em);
  const broad = Math.max(...lines.map((line) => context.measureText(line).width)) + 0.8 * em;
  const high = (1.05 * lines.length + 0.5) * em;
  const left = Math.max(0.2 * em, Math.min(width - broad - 0.2 * em, x - broad / 2));
  const isAbove = y > high + 1.2 * em;
  const top = isAbove ? y - high - 0.8 * em : Math.min(height - high - 0.2 * em, y + 0.8 * em);
  context.fillStyle = palette.paper;
  context.strokeStyle = palette.line;
  context.lineWidth = 1;
  context.beginPath();
  context.roundRect(left, top, broad, high, 0.3 * em);
  context.fill();
  context.stroke();
  context.fillStyle = palette.ink;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  for (const [i, line] of lines.entries())
    context.fillText(line, left + 0.4 * em, top + (0.25 + 1.05 * (i + 0.5)) * em);
}

/** Words in lines that are no broader than there is room. */
export function linesOf(words: string, broad: (text: string) => number, room: number): string[] {
  const lines: string[] = [];
  for (const word of words.split(' ')) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last === undefined || broad(longer) > room) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}
