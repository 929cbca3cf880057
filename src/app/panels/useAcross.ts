/** What lies across all charts, and how pointer, wheel and keys move its cursor and choose what is seen. */
import {
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
} from 'react';
import { useHeard, usePage, usePageState } from '../context.ts';
import { type Across, placeAt } from '../draw/across.ts';
import { chartArea } from '../draw/chart.ts';
import { laterStrings } from '../laterStrings.ts';
import { newest, part, reaching, rounded, type Span, seen, zoomed } from '../zoom.ts';
import { usePlace } from './place.ts';

/** A drag shorter than this was a press. */
const LEAST_DRAG_PX = 6;
/** What a key makes of the part that is seen. */
const KEY_ZOOM = 2;
/** An arrow key moves the cursor by this share of what is seen; with shift, ten times as far. */
const KEY_SHARE = 0.01;
/** Pixels of the wheel after which twice as much is seen. */
const WHEEL_PX = 300;

/** Where it stands what one can do in a chart. */
export const HELP_ID = 'chart-help';

export function useAcross(
  canvas: RefObject<HTMLCanvasElement | null>,
  readings: (value: number) => string[],
) {
  const page = usePage();
  const { store, cursor } = page;
  const heard = useHeard();
  const axis = usePageState((state) => state.axis);
  const zoom = usePageState((state) => state.zoom);
  const { speak } = usePlace();
  const dragged = useRef<{ from: number; x: number; pointerId: number }>(undefined);

  const end = () => Math.max(...heard.map((lane) => page.recordOf(lane).clock.end(axis)), 0);
  const isNewest = usePageState((state) => state.isZoomNewest);
  const span = (): Span => seen(zoom && isNewest ? newest(zoom, end()) : zoom, end(), axis);
  const across = (): Across => ({
    axis,
    span: span(),
    cursor: cursor.value,
    selection: cursor.selection,
  });
  const show = (next: Span | undefined) => store.setState({ zoom: next, isZoomNewest: false });

  function under({ clientX }: { clientX: number }): number {
    const box = (canvas.current as HTMLCanvasElement).getBoundingClientRect();
    const em = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    return placeAt({ axis, span: span() }, chartArea(box.width, box.height, em), clientX - box.left);
  }

  function move(event: PointerEvent<HTMLCanvasElement>): void {
    const start = dragged.current;
    if (start && start.pointerId !== event.pointerId) return; // another finger
    const now = under(event);
    const isDrag = start && Math.abs(event.clientX - start.x) >= LEAST_DRAG_PX;
    cursor.set(now, isDrag ? [Math.min(start.from, now), Math.max(start.from, now)] : undefined);
  }

  function release({ pointerId }: PointerEvent<HTMLCanvasElement>): void {
    if (dragged.current?.pointerId !== pointerId) return;
    const { selection, value } = cursor;
    dragged.current = undefined;
    if (selection) show(part(...selection, end(), axis));
    cursor.set(value);
  }

  const place = (value: number) => laterStrings.axis.place(value, axis);
  function sayCursor(): void {
    speak(() => {
      const { value } = page.cursor;
      return value === undefined ? '' : laterStrings.axis.spoken(place(value), readings(value));
    });
  }
  function saySpan(): void {
    speak(() => {
      const { zoom: now } = store.getState();
      return now
        ? laterStrings.axis.seen(place(rounded(now[0], axis)), place(rounded(now[1], axis)))
        : laterStrings.axis.seenWhole;
    });
  }

  function press(event: KeyboardEvent<HTMLCanvasElement>): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const now = span();
    const value = cursor.value ?? now[1];
    const about = cursor.value ?? (now[0] + now[1]) / 2;
    switch (event.key) {
      case 'ArrowLeft':
      case 'ArrowRight': {
        // Before a class, they are the next scene and the one before.
        if (store.getState().turnsScenes && !event.shiftKey) return;
        const share = (now[1] - now[0]) * KEY_SHARE * (event.shiftKey ? 10 : 1);
        const by = axis === 'seconds' ? share : Math.max(1, Math.round(share));
        const next = Math.max(0, Math.min(end(), value + (event.key === 'ArrowLeft' ? -by : by)));
        if (zoom) show(reaching(now, next));
        cursor.set(rounded(next, axis));
        sayCursor();
        break;
      }
      case '+':
      case '=':
        show(zoomed(now, about, KEY_ZOOM, end(), axis));
        saySpan();
        break;
      case '-':
      case '_':
        show(zoomed(now, about, 1 / KEY_ZOOM, end(), axis));
        saySpan();
        break;
      case 'Escape':
        if (dragged.current) {
          dragged.current = undefined;
          cursor.set(cursor.value);
        } else if (zoom) {
          show(undefined);
          saySpan();
        } else return;
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  // React listens to the wheel without a say in what the browser makes of it. A chart listens as soon as it is there.
  const wheel = useRef<(event: WheelEvent) => void>(() => {});
  wheel.current = (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    show(zoomed(span(), under(event), 2 ** (-event.deltaY / WHEEL_PX), end(), axis));
  };
  useLayoutEffect(() => {
    const element = canvas.current;
    const listen = (event: WheelEvent) => wheel.current(event);
    element?.addEventListener('wheel', listen, { passive: false });
    return () => element?.removeEventListener('wheel', listen);
  }, [canvas]);
  useEffect(() => () => cursor.set(undefined), [cursor]);

  /** What makes a canvas one that can be pointed at, dragged over and driven by keys. */
  const handlers = {
    tabIndex: 0,
    role: 'application',
    'aria-roledescription': laterStrings.axis.chart,
    'aria-describedby': HELP_ID,
    onPointerDown(event: PointerEvent<HTMLCanvasElement>) {
      const held = dragged.current?.pointerId;
      if (event.button !== 0 || (held !== undefined && held !== event.pointerId)) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      dragged.current = { from: under(event), x: event.clientX, pointerId: event.pointerId };
      move(event);
    },
    onPointerMove: move,
    onPointerUp: release,
    onPointerCancel() {
      dragged.current = undefined;
      cursor.set(undefined);
    },
    onPointerLeave() {
      if (!dragged.current) cursor.set(undefined);
    },
    onBlur: () => cursor.set(undefined),
    onDoubleClick: () => show(undefined),
    onKeyDown: press,
  } as const;

  return { across, axis, handlers };
}
