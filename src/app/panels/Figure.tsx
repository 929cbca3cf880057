/** The frame of a panel that is no chart over steps: its title, words and controls, and a canvas. */
import type { ReactNode } from 'react';
import { Enlarge, usePanelFrame } from './Enlarge.tsx';
import { panelStrings } from './strings.ts';
import { type Painting, useCanvas } from './useCanvas.ts';
import { type Dots, useDots } from './useDots.ts';
import { useCalm } from './useNews.ts';
import { type Pointing, usePointer } from './usePointer.ts';

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
  /** Of the run, at which what is shown was measured; undefined until then. */
  readonly step: number | undefined;
  readonly paint: (painting: Painting) => undefined;
  /** A place of it can be taken, by pressing, dragging or with keys. */
  readonly pointing?: Pointing;
  /** Dots of it say what they are. */
  readonly dots?: Dots;
  /** What is to be read below: the same in numbers. */
  readonly list?: ReactNode;
}

export function Figure({
  title,
  note,
  children,
  words,
  alt,
  step,
  paint,
  pointing,
  dots,
  list,
}: FigureProps) {
  const canvas = useCanvas((painting) => {
    paint(painting);
    drawPointer(painting);
    drawPointed(painting);
    return undefined;
  }, REDRAWN_EVERY_MS);
  const { handlers, drawPointer } = usePointer(pointing);
  const { handlers: dotHandlers, drawPointed } = useDots(dots);
  const frame = usePanelFrame();
  const spoken = useCalm(step === undefined ? alt : panelStrings.atStep(step, alt));
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
        data-still={pointing ? undefined : true}
        role="img"
        aria-label={spoken}
        {...handlers}
        {...dotHandlers}
      />
      {words && <p className="figure-words">{words}</p>}
      {list}
    </figure>
  );
}
