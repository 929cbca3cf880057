/** The lower edge of the measurements: drag it, or press up and down on it, and all panels become lower or higher. */
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { usePage, usePageState } from '../context.ts';
import { HEIGHTS } from '../layout.ts';
import { strings } from '../strings.ts';

/** Percent of the usual height in one press of a key. */
const KEY_PERCENT = 10;
const DRAG_PERCENT = 5;
const USUAL = 100;

export function Splitter() {
  const { store } = usePage();
  const height = usePageState((state) => state.height);
  const start = useRef<{ y: number; height: number; pixels: number }>(undefined);
  const say = strings.layout;
  const take = (percent: number) =>
    store.setState({ height: Math.max(HEIGHTS.least, Math.min(HEIGHTS.most, percent)) });

  function grasp(event: PointerEvent<HTMLElement>): void {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    // The pictures of one row count once.
    const rows = new Map<number, number>();
    for (const canvas of event.currentTarget.closest('section')?.querySelectorAll('canvas') ?? []) {
      const box = canvas.getBoundingClientRect();
      rows.set(Math.round(box.bottom), box.height);
    }
    const pixels = [...rows.values()].reduce((sum, each) => sum + each, 0);
    start.current = { y: event.clientY, height, pixels: Math.max(1, pixels) };
  }
  function drag({ clientY }: PointerEvent<HTMLElement>): void {
    const from = start.current;
    if (!from) return;
    const percent = from.height * (1 + (clientY - from.y) / from.pixels);
    take(DRAG_PERCENT * Math.round(percent / DRAG_PERCENT));
  }
  const drop = () => {
    start.current = undefined;
  };
  function press(event: KeyboardEvent<HTMLElement>): void {
    if (event.key === 'ArrowDown') take(height + KEY_PERCENT);
    else if (event.key === 'ArrowUp') take(height - KEY_PERCENT);
    else if (event.key === 'Enter') take(USUAL);
    else return;
    event.preventDefault();
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that is moved is no thematic break
    <div
      className="splitter"
      role="separator"
      aria-orientation="horizontal"
      aria-label={say.height}
      aria-valuenow={height}
      aria-valuemin={HEIGHTS.least}
      aria-valuemax={HEIGHTS.most}
      aria-valuetext={say.percent(height)}
      title={say.heightHelp}
      tabIndex={0}
      onPointerDown={grasp}
      onPointerMove={drag}
      onPointerUp={drop}
      onPointerCancel={drop}
      onDoubleClick={() => take(USUAL)}
      onKeyDown={press}
    />
  );
}
