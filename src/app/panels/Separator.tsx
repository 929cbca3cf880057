/** An edge that is moved by dragging and by keys, and is where it usually is after Enter or a double click. */
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { laterStrings } from '../laterStrings.ts';

/** Percent of the usual in one press of a key. */
const KEY_PERCENT = 10;
const DRAG_PERCENT = 5;

interface SeparatorProps {
  readonly className: string;
  readonly orientation: 'horizontal' | 'vertical';
  readonly label: string;
  readonly help: string;
  /** In percent of the usual; also as it is known. */
  readonly value: number;
  readonly limits: { readonly least: number; readonly most: number };
  /** From where the edge stands now: what it is so many pixels further down or to the right. */
  readonly measure: (edge: HTMLElement) => (pixels: number) => number;
  /** Undefined for the usual. */
  readonly onChange: (percent: number | undefined) => void;
}

export function Separator({
  className,
  orientation,
  label,
  help,
  value,
  limits,
  measure,
  onChange,
}: SeparatorProps) {
  const start = useRef<{ readonly place: number; readonly at: (pixels: number) => number }>(undefined);
  const isVertical = orientation === 'vertical';
  const place = (event: PointerEvent) => (isVertical ? event.clientX : event.clientY);
  const [more, less] = isVertical ? ['ArrowRight', 'ArrowLeft'] : ['ArrowDown', 'ArrowUp'];
  const take = (percent: number) => onChange(Math.max(limits.least, Math.min(limits.most, percent)));
  const drop = () => {
    start.current = undefined;
  };
  function press(event: KeyboardEvent<HTMLElement>): void {
    const edge = event.currentTarget;
    const by = (sign: number) => {
      const at = measure(edge);
      const way = sign * Math.sign(at(1) - at(0));
      take(KEY_PERCENT * Math.round(at(0) / KEY_PERCENT + way));
    };
    if (event.key === more) by(1);
    else if (event.key === less) by(-1);
    else if (event.key === 'Enter') onChange(undefined);
    else return;
    event.preventDefault();
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that is moved is no thematic break
    <div
      className={className}
      role="separator"
      aria-orientation={orientation}
      aria-label={label}
      aria-valuenow={value}
      aria-valuemin={limits.least}
      aria-valuemax={limits.most}
      aria-valuetext={laterStrings.layout.percent(value)}
      title={help}
      tabIndex={0}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { place: place(event), at: measure(event.currentTarget) };
      }}
      onPointerMove={(event) => {
        const from = start.current;
        if (!from) return;
        const percent = from.at(place(event) - from.place);
        take(DRAG_PERCENT * Math.round(percent / DRAG_PERCENT));
      }}
      onPointerUp={drop}
      onPointerCancel={drop}
      onDoubleClick={() => onChange(undefined)}
      onKeyDown={press}
    />
  );
}
