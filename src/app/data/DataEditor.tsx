/** What changes the data right in the picture: a pad to draw on, Gaussians to drag, and their tools beside it. */
import { useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { usePage, usePageState } from '../context.ts';
import { datasetOf } from '../dataset.ts';
import { centred, type Frame2D } from '../draw/plane.ts';
import { factsOf } from '../facts.ts';
import { extentOf } from '../store.ts';
import './data.css';
import { DrawingPad } from './DrawingPad.tsx';
import { GaussianHandles } from './GaussianHandles.tsx';
import { dataStrings as say } from './strings.ts';

export interface Surface {
  /** From the plane to pixels of the picture's canvas. */
  readonly frame: Frame2D;
  /** Lies over the canvas, as large as it is. */
  readonly layer: HTMLElement;
  /** Stands below the picture, or on it where there is room. */
  readonly tools: HTMLElement;
}

/** `picture` holds the canvas of the picture that is drawn on: the first one, where there are several. */
export function DataEditor({ picture }: { picture: HTMLElement }) {
  const { store } = usePage();
  const isDrawing = usePageState((state) => state.isDrawing);
  const dataset = usePageState(({ experiment }) => datasetOf(experiment));
  const extent = usePageState(extentOf);
  const dimension = usePageState((state) => {
    const { picture } = factsOf(state.experiment.game);
    return picture.kind === 'samples' ? picture.dimension : 0;
  });
  const box = useBoxOfCanvas(picture);
  const [layer, setLayer] = useState<HTMLElement | null>(null);
  const [tools, setTools] = useState<HTMLElement | null>(null);
  const drawButton = useRef<HTMLButtonElement>(null);
  const wasDrawing = useRef(false);
  useEffect(() => {
    // Who leaves the pad by keyboard stands where they came from.
    if (wasDrawing.current && !isDrawing && document.activeElement === document.body)
      drawButton.current?.focus();
    wasDrawing.current = isDrawing;
  }, [isDrawing]);
  useEffect(() => () => store.setState({ isDrawing: false, heldExtent: undefined }), [store]);
  if (!dataset || dimension !== 2) return null;
  const surface = layer && tools && box && { frame: centred(box.width, box.height, extent), layer, tools };
  return (
    <>
      {box && createPortal(<div ref={setLayer} className="data-layer" style={box} />, picture)}
      <fieldset className="data-tools" data-open={isDrawing || undefined}>
        <legend className="hidden">{say.tools}</legend>
        {!isDrawing && (
          <button
            ref={drawButton}
            type="button"
            className="legend-entry"
            title={say.drawHelp}
            onClick={() => store.setState({ isDrawing: true })}
          >
            <svg viewBox="0 0 16 16" aria-hidden="true">
              <path
                d="M3 13 L4 9.5 L11.5 2 L14 4.5 L6.5 12 Z M10 3.5 L12.5 6"
                fill="none"
                stroke="currentColor"
              />
            </svg>
            {say.draw}
          </button>
        )}
        <div ref={setTools} className="data-tools-more" />
      </fieldset>
      {surface && isDrawing && <DrawingPad {...surface} dataset={dataset} />}
      {surface && !isDrawing && dataset.kind === 'gaussians' && (
        <GaussianHandles {...surface} data={dataset} />
      )}
    </>
  );
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Where the canvas lies in its picture, without its border. */
function useBoxOfCanvas(picture: HTMLElement): Box | undefined {
  const [box, setBox] = useState<Box>();
  useEffect(() => {
    const canvas = picture.querySelector<HTMLCanvasElement>('.picture-canvas');
    if (!canvas) return;
    const size = new ResizeObserver(() => {
      setBox({
        left: canvas.offsetLeft + canvas.clientLeft,
        top: canvas.offsetTop + canvas.clientTop,
        width: canvas.clientWidth,
        height: canvas.clientHeight,
      });
    });
    size.observe(canvas);
    return () => size.disconnect();
  }, [picture]);
  return box;
}
