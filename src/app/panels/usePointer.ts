/** What a finger, a pen, a mouse and keys do in a picture of which a place can be taken. */
import { type KeyboardEvent, type MouseEvent, type PointerEvent, useRef, useState } from 'react';
import { say as all } from '../access/strings.ts';
import { readPalette, strokeOf } from '../draw/palette.ts';
import { usePlace } from './place.ts';
import type { Painting } from './useCanvas.ts';

/** An arrow key moves the pointer by this share of the picture; with shift, five times as far. */
const KEY_SHARE = 0.02;
const FAR = 5;

/** What is pointed at: its size says where things lie in it, whether or not it has been painted already. */
export type Surface = Pick<Painting, 'width' | 'height' | 'palette'>;

export interface Pointing {
  /** Takes a place, in the pixels of the surface. */
  readonly take: (x: number, y: number, surface: Surface) => void;
  /** The place in words; undefined where there is nothing to take. */
  readonly words: (x: number, y: number, surface: Surface) => string | undefined;
}

const surfaceOf = (canvas: HTMLCanvasElement): Surface => ({
  width: canvas.clientWidth,
  height: canvas.clientHeight,
  palette: readPalette(canvas),
});

export function usePointer(pointing: Pointing | undefined) {
  const { speak } = usePlace();
  const isDown = useRef(false);
  /** Where keys point, in shares of the picture; only while the focus is there. */
  const [at, setAt] = useState<readonly [number, number]>();

  function take({ currentTarget, clientX, clientY }: PointerEvent<HTMLCanvasElement>): void {
    const { left, top } = currentTarget.getBoundingClientRect();
    pointing?.take(clientX - left, clientY - top, surfaceOf(currentTarget));
  }

  function press(event: KeyboardEvent<HTMLCanvasElement>): void {
    if (!pointing || event.ctrlKey || event.altKey || event.metaKey) return;
    const now = surfaceOf(event.currentTarget);
    const [x, y] = at ?? [0.5, 0.5];
    const by = KEY_SHARE * (event.shiftKey ? FAR : 1);
    const moves: Record<string, readonly [number, number]> = {
      ArrowLeft: [-by, 0],
      ArrowRight: [by, 0],
      ArrowUp: [0, -by],
      ArrowDown: [0, by],
    };
    const move = moves[event.key];
    if (event.key === 'Enter') pointing.take(x * now.width, y * now.height, now);
    else if (move) {
      const within = (share: number) => Math.max(0, Math.min(1, share));
      const next = [within(x + move[0]), within(y + move[1])] as const;
      setAt(next);
      speak(() => pointing.words(next[0] * now.width, next[1] * now.height, now) ?? '');
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const handlers = pointing && {
    tabIndex: 0,
    role: 'application',
    'aria-roledescription': all.map.role,
    title: all.map.help,
    onKeyDown: press,
    onFocus: ({ currentTarget }: { currentTarget: HTMLCanvasElement }) =>
      currentTarget.matches(':focus-visible') && setAt((before) => before ?? [0.5, 0.5]),
    onBlur: () => setAt(undefined),
    onPointerDown(event: PointerEvent<HTMLCanvasElement>) {
      // A finger that moves scrolls the page; one that taps means the place.
      if (event.pointerType === 'touch' || event.button !== 0) return;
      isDown.current = true;
      event.currentTarget.setPointerCapture(event.pointerId);
      take(event);
    },
    onPointerMove: (event: PointerEvent<HTMLCanvasElement>) => isDown.current && take(event),
    onPointerUp() {
      isDown.current = false;
    },
    onPointerCancel() {
      isDown.current = false;
    },
    onClick(event: MouseEvent<HTMLCanvasElement>) {
      const { pointerType } = event.nativeEvent as globalThis.PointerEvent;
      if (pointerType === 'touch') take(event as unknown as PointerEvent<HTMLCanvasElement>);
    },
  };

  /** The pointer of the keys, over what was painted. */
  function drawPointer({ context, width, height, palette }: Painting): void {
    if (!at) return;
    const [x, y] = [at[0] * width, at[1] * height];
    const arm = 0.7 * palette.textSize;
    for (const [colour, broad] of [
      [palette.paper, 5],
      [palette.ink, 2],
    ] as const) {
      context.beginPath();
      context.moveTo(x - arm, y);
      context.lineTo(x + arm, y);
      context.moveTo(x, y - arm);
      context.lineTo(x, y + arm);
      context.strokeStyle = colour;
      context.lineWidth = broad * strokeOf(palette);
      context.stroke();
    }
  }

  return { handlers, drawPointer };
}
