/** The pad on which a density is drawn: in the picture itself, where its samples are seen. */
import {
  type KeyboardEvent,
  type PointerEvent,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { createPortal } from 'react-dom';
import { drawn as drawnDataset, sideOf } from '../../catalog/datasets/drawn.ts';
import { stream } from '../../math/random.ts';
import { usePage, usePageState } from '../context.ts';
import type { Dataset } from '../dataset.ts';
import { factsOf } from '../facts.ts';
import { change } from '../store.ts';
import type { Surface } from './DataEditor.tsx';
import {
  type Brush,
  COARSE,
  HIGHEST,
  levelsOf,
  levelsOfCloud,
  type Place,
  paint,
  USUAL_SIDE,
  weightsOf,
} from './density.ts';
import { type Holder, takesHold } from './holder.ts';
import { PadTools, type Tool, usualTool } from './PadTools.tsx';
import { paintCells } from './paintCells.ts';
import { dataStrings as say } from './strings.ts';
import { useStrokes } from './useStrokes.ts';

/** What the picture shows beyond the square of the dataset: see `drawn.ts`. */
const BEYOND = 1.3;
/** Samples of the data that a drawing begins from. */
const SAMPLES = 20_000;
/** Cells that an arrow key moves by, with Shift. */
const LEAP = 4;
/** How dense the highest level looks. */
const OPACITY = 0.62;

export function DrawingPad({ frame, layer, tools, dataset }: Surface & { readonly dataset: Dataset }) {
  const { store } = usePage();
  const { game, seed } = usePageState((state) => state.experiment);
  const drawn = dataset.kind === 'drawn' ? dataset : undefined;
  const [wanted, setWanted] = useState<number | undefined>();
  const own = drawn && sideOf(drawn.weights) >= COARSE ? sideOf(drawn.weights) : USUAL_SIDE;
  const side = wanted ?? own;
  const { picture } = factsOf(game);
  // What is there already is drawn on.
  const reach = drawn?.reach ?? reachOf(picture.kind === 'samples' ? picture.extent : BEYOND);
  const levels = useMemo(() => {
    if (drawn) return levelsOf(drawn.weights, side);
    const cloud = new Float64Array(2 * SAMPLES);
    const streams = (purpose: string) => stream(seed, `evaluation.${purpose}`);
    if (picture.kind === 'samples') picture.fillReal(streams, SAMPLES, cloud);
    return levelsOfCloud(cloud, reach, side);
  }, [drawn, picture, seed, reach, side]);

  const [tool, setTool] = useState(usualTool);
  const { width, strength, erases } = tool;
  const changeTool = (change: Partial<Tool>) => setTool({ ...tool, ...change });
  const [cell, setCell] = useState<Place>([Math.floor(side / 2), Math.floor(side / 2)]);
  const [spoken, setSpoken] = useState('');
  const [pointed, setPointed] = useState<{ x: number; y: number }>();
  const strokes = useStrokes(dataset, (next) => change(store, 'game.dataset', next));
  const padRef = useRef<HTMLDivElement>(null);
  const canvasRef = useRef<HTMLCanvasElement>(null);
  /** The stroke that is being drawn. */
  const stroke = useRef<{ levels: Float64Array; at: Place; erases: boolean } & Holder>(null);
  const helpId = useId();

  const left = frame.x(-reach);
  const top = frame.y(reach);
  const size = frame.x(reach) - left;

  const show = (shown: Float64Array) =>
    paintCells(canvasRef.current, side, (at) => (OPACITY * Math.round(shown[at])) / HIGHEST);
  // It is seen with what is drawn, and keys are its own from then on.
  useLayoutEffect(() => show(levels));
  useLayoutEffect(() => padRef.current?.focus({ preventScroll: true }), []);

  const commit = (next: Float64Array) => {
    const weights = weightsOf(next);
    if (drawn && weights.length === drawn.weights.length && weights.every((w, i) => w === drawn.weights[i])) {
      show(levels);
      return;
    }
    strokes.draw({ kind: 'drawn', weights, reach } as Dataset);
  };
  const brush = (pressure = 1, isErasing = erases): Brush => ({
    radius: (width * side) / 2,
    strength: Math.max(1 / HIGHEST, strength * pressure),
    erases: isErasing,
  });
  const placeOf = ({ clientX, clientY }: { clientX: number; clientY: number }): Place => {
    const box = canvasRef.current?.getBoundingClientRect() ?? new DOMRect();
    return [((clientX - box.left) / box.width) * side, ((box.bottom - clientY) / box.height) * side];
  };

  function begin(event: PointerEvent<HTMLDivElement>): void {
    // The secondary button, and the other end of a pen, erase.
    if (event.button !== 0 && event.button !== 2 && event.button !== 5) return;
    if (!takesHold(event, stroke.current)) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const at = placeOf(event);
    const { pointerId, pointerType } = event;
    stroke.current = {
      levels: levels.slice(),
      at,
      erases: erases || event.button !== 0,
      pointerId,
      pointerType,
    };
    go(event);
  }
  function go(event: PointerEvent<HTMLDivElement>): void {
    const now = stroke.current;
    if (now && now.pointerId !== event.pointerId) return;
    const box = event.currentTarget.getBoundingClientRect();
    setPointed({ x: event.clientX - box.left, y: event.clientY - box.top });
    if (!now) return;
    const passed = event.nativeEvent.getCoalescedEvents?.() ?? [];
    for (const each of passed.length > 0 ? passed : [event.nativeEvent]) {
      const to = placeOf(each);
      // Only a pen tells how hard it is pressed: a mouse says 0.5 whatever happens, a finger 0 or 1.
      const pressure = each.pointerType === 'pen' ? each.pressure : 1;
      paint(now.levels, side, now.at, to, brush(pressure, now.erases));
      now.at = to;
    }
    show(now.levels);
  }
  function end({ pointerId }: PointerEvent): void {
    const now = stroke.current;
    if (now?.pointerId !== pointerId) return;
    stroke.current = null;
    commit(now.levels);
  }

  function dab(isErasing: boolean): void {
    const next = levels.slice();
    const at: Place = [cell[0] + 0.5, cell[1] + 0.5];
    paint(next, side, at, at, brush(1, isErasing));
    setSpoken(say.cell(cell[0] + 1, cell[1] + 1, Math.round(next[cell[1] * side + cell[0]])));
    commit(next);
  }
  function onKey(event: KeyboardEvent<HTMLDivElement>): void {
    const step = event.shiftKey ? LEAP : 1;
    const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    const control = event.ctrlKey || event.metaKey;
    if (move) {
      const to = cell.map((at, axis) => Math.max(0, Math.min(side - 1, at + step * move[axis])));
      setCell([to[0], to[1]]);
      setPointed(undefined);
      setSpoken(say.cell(to[0] + 1, to[1] + 1, Math.round(levels[to[1] * side + to[0]])));
    } else if (event.key === ' ' || event.key === 'Enter') dab(erases);
    else if (event.key === 'Delete' || event.key === 'Backspace') dab(true);
    else if (event.key.toLowerCase() === 'e' && !control) changeTool({ erases: !erases });
    else if (event.key.toLowerCase() === 'z' && control) event.shiftKey ? strokes.redo?.() : strokes.undo?.();
    else if (event.key.toLowerCase() === 'y' && control) strokes.redo?.();
    else if (event.key === 'Escape') leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  const leave = () => {
    store.setState({ isDrawing: false });
  };

  const isEmpty = levels.every((level) => Math.round(level) === 0);
  const diameter = width * size;
  const at = cell.map((column) => Math.min(column, side - 1));
  return (
    <>
      {createPortal(
        <div
          ref={padRef}
          className="pad"
          role="application"
          aria-label={say.pad(side)}
          aria-describedby={helpId}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a pad is drawn on by keyboard, too
          tabIndex={0}
          onPointerDown={begin}
          onPointerMove={go}
          onPointerUp={end}
          onPointerCancel={end}
          onPointerLeave={() => setPointed(undefined)}
          onContextMenu={(event) => event.preventDefault()}
          onKeyDown={onKey}
        >
          {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: it has no focus; the pad around it says what is drawn */}
          <canvas
            ref={canvasRef}
            className="pad-canvas"
            aria-hidden="true"
            width={side}
            height={side}
            style={{ left, top, width: size, height: size }}
          />
          <span
            className="pad-cell"
            style={{
              left: left + (at[0] * size) / side,
              top: top + ((side - 1 - at[1]) * size) / side,
              width: size / side,
              height: size / side,
            }}
          />
          {pointed && (
            <span
              className="pad-brush"
              data-erases={erases || undefined}
              style={{
                left: pointed.x - diameter / 2,
                top: pointed.y - diameter / 2,
                width: diameter,
                height: diameter,
              }}
            />
          )}
        </div>,
        layer,
      )}
      {createPortal(
        <>
          <PadTools
            tool={tool}
            onTool={changeTool}
            side={side}
            onSide={setWanted}
            strokes={strokes}
            onClear={() => commit(new Float64Array(side * side))}
            onDone={leave}
          />
          <p className="pad-help" id={helpId}>
            {isEmpty ? say.empty : say.padHelp}
          </p>
          <p className="hidden" role="status">
            {spoken}
          </p>
        </>,
        tools,
      )}
    </>
  );
}

/** Half the width of the square that leaves a picture as wide as it is. */
function reachOf(extent: number): number {
  const { min, max } = drawnDataset.settings.fields.reach;
  return Math.max(min, Math.min(max, Number((extent / BEYOND).toPrecision(3))));
}
