/** The frame of a panel that is no chart over steps: its title, words and controls, and a canvas. */
import type { PointerEvent, ReactNode } from 'react';
import { useRef } from 'react';
import { Enlarge, usePanelFrame } from './Enlarge.tsx';
import { type Painting, useCanvas } from './useCanvas.ts';

/** Panels are read, not watched: the processor is better used for training. */
const REDRAWN_EVERY_MS = 90;

interface FigureProps {
  readonly title: string;
  readonly note?: ReactNode;
  /** Controls, at the right of the title. */
  readonly children?: ReactNode;
  /** What is to be said below: the figures in words. */
  readonly words?: ReactNode;
  readonly alt: string;
  readonly paint: (painting: Painting) => undefined;
  /** A place that was pressed or dragged to, in the pixels of the painting. */
  readonly onPoint?: (x: number, y: number, painting: Painting) => void;
}

export function Figure({ title, note, children, words, alt, paint, onPoint }: FigureProps) {
  const last = useRef<Painting>(undefined);
  const canvas = useCanvas((painting) => {
    last.current = painting;
    return paint(painting);
  }, REDRAWN_EVERY_MS);
  const isDown = useRef(false);
  const frame = usePanelFrame();
  const point = ({ currentTarget, clientX, clientY }: PointerEvent<HTMLCanvasElement>) => {
    const { left, top } = currentTarget.getBoundingClientRect();
    if (last.current) onPoint?.(clientX - left, clientY - top, last.current);
  };
  return (
    <figure className="chart figure" {...frame}>
      <figcaption>
        <h3>{title}</h3>
        {note && <span className="chart-note">{note}</span>}
        <span className="figure-controls">{children}</span>
        <Enlarge title={title} />
      </figcaption>
      <canvas
        ref={canvas}
        className="chart-canvas figure-canvas"
        data-still={onPoint ? undefined : true}
        role="img"
        aria-label={alt}
        onPointerDown={(event) => {
          if (!onPoint) return;
          isDown.current = true;
          event.currentTarget.setPointerCapture(event.pointerId);
          point(event);
        }}
        onPointerMove={(event) => isDown.current && point(event)}
        onPointerUp={() => {
          isDown.current = false;
        }}
      />
      {words && <p className="figure-words">{words}</p>}
    </figure>
  );
}
