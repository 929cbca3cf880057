/** A lower edge: of the measurements, which makes all panels lower or higher, or of one panel. By dragging and by keys. */
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { usePage, usePageState } from '../context.ts';
import { HEIGHTS } from '../layout.ts';
import type { Panel } from '../panels.ts';
import { changeHeight } from '../store.ts';
import { strings } from '../strings.ts';

/** Percent of the usual height in one press of a key. */
const KEY_PERCENT = 10;
const DRAG_PERCENT = 5;

/** Without a panel, for all of them. */
export function Splitter({ panel }: { panel?: { readonly name: Panel['name']; readonly title: string } }) {
  const { store } = usePage();
  const height = usePageState(({ heights, height: ofAll }) => (panel && heights[panel.name]) ?? ofAll);
  const start = useRef<{ y: number; height: number; pixels: number }>(undefined);
  const say = strings.layout;
  const put = (percent: number | undefined) =>
    panel ? changeHeight(store, panel.name, percent) : store.setState({ height: percent ?? HEIGHTS.usual });
  const take = (percent: number) => put(Math.max(HEIGHTS.least, Math.min(HEIGHTS.most, percent)));
  const reset = () => put(undefined);

  function grasp(event: PointerEvent<HTMLElement>): void {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    // The pictures of one row count once.
    const rows = new Map<number, number>();
    const around = event.currentTarget.closest(panel ? 'figure' : 'section');
    for (const canvas of around?.querySelectorAll('canvas') ?? []) {
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
    else if (event.key === 'Enter') reset();
    else return;
    event.preventDefault();
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that is moved is no thematic break
    <div
      className={panel ? 'splitter panel-splitter' : 'splitter'}
      role="separator"
      aria-orientation="horizontal"
      aria-label={say.height(panel?.title)}
      aria-valuenow={height}
      aria-valuemin={HEIGHTS.least}
      aria-valuemax={HEIGHTS.most}
      aria-valuetext={say.percent(height)}
      title={panel ? say.ownHeightHelp : say.heightHelp}
      tabIndex={0}
      onPointerDown={grasp}
      onPointerMove={drag}
      onPointerUp={drop}
      onPointerCancel={drop}
      onDoubleClick={reset}
      onKeyDown={press}
    />
  );
}
