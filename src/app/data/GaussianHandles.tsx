/** Handles of the Gaussians in the picture: dragged or moved by keys, with their weights and their spread. */
import {
  type KeyboardEvent,
  type PointerEvent,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { createPortal } from 'react-dom';
import { gaussians as dataset, MOST_GAUSSIANS } from '../../catalog/datasets/gaussians.ts';
import { usePage } from '../context.ts';
import { Slider } from '../controls/Slider.tsx';
import { nudge, positionOf, TRACK } from '../controls/scale.ts';
import { type Dataset, datasetOfKind } from '../dataset.ts';
import { exact } from '../format.ts';
import { change } from '../store.ts';
import type { Surface } from './DataEditor.tsx';
import {
  added,
  centreOf,
  countOf,
  freePlace,
  type Gaussians,
  moved,
  removed,
  weighted,
  weightOf,
} from './gaussians.ts';
import { type Holder, takesHold } from './holder.ts';
import { dataStrings as say } from './strings.ts';

interface GaussianHandlesProps extends Surface {
  readonly data: Extract<Dataset, { kind: 'gaussians' }>;
}

const { weights: weightsSetting, spread: spreadSetting } = dataset.settings.fields;
/** Of a weight: from almost never to often. */
const WEIGHTS = { min: 0, max: 5, step: 0.1 };
/** Pixels that an arrow key moves by; with Shift, and with Control. */
const NUDGE = { usual: 8, large: 32, small: 1 };
/** The ring is drawn, and taken hold of, at so many standard deviations; no nearer than this to the middle. */
const RING = 3;
const LEAST_RING_PX = 22;
/** New ones stand at least so many standard deviations from the others. */
const APART = 6;

export function GaussianHandles({ frame, layer, tools, data }: GaussianHandlesProps) {
  const { store } = usePage();
  const [selected, setSelected] = useState(0);
  const helpId = useId();
  const handles = useRef(new Map<number, HTMLButtonElement>());
  /** Who holds the picture still: while something is dragged, and while keys move it. */
  const grip = useRef<{ dx: number; dy: number } & Holder>(null);
  const total = countOf(data);
  const chosen = Math.min(selected, total - 1);

  // To the pixel: more digits would only make the link long.
  const digits = Math.min(12, Math.max(0, Math.ceil(Math.log10(frame.scale))));
  const round = (value: number) => Number(value.toFixed(digits)) + 0;
  const put = (next: Gaussians) => {
    if (next === data) return;
    change(store, 'game.dataset', { ...latest(), ...next });
  };
  /** What another event has made of them meanwhile. */
  const latest = () => datasetOfKind(store.getState().experiment, 'gaussians') ?? data;
  const extent = Math.min(frame.width, frame.height) / (2 * frame.scale);
  const hold = () => {
    if (store.getState().heldExtent === undefined) store.setState({ heldExtent: extent });
  };
  const release = () => store.setState({ heldExtent: undefined });
  const inside = ([x, y]: readonly [number, number]) =>
    Math.abs(x) * frame.scale < frame.width / 2 && Math.abs(y) * frame.scale < frame.height / 2;
  const moveTo = (at: number, [x, y]: readonly [number, number]) => {
    const bound = (value: number) => Math.max(-100, Math.min(100, round(value)));
    put(moved(latest(), at, [bound(x), bound(y)]));
  };
  const addAt = ([x, y]: readonly [number, number]) => {
    put(added(latest(), [round(x), round(y)]));
    setSelected(total);
  };
  const remove = (at: number) => {
    put(removed(latest(), at));
    setSelected(Math.max(0, at - 1));
    handles.current.get(Math.max(0, at - 1))?.focus();
  };

  useEffect(() => () => store.setState({ heldExtent: undefined }), [store]);

  // A double click in the picture, where no handle is.
  const addRef = useRef(addAt);
  addRef.current = addAt;
  useLayoutEffect(() => {
    const picture = layer.parentElement;
    const onDouble = (event: MouseEvent) => {
      if (!(event.target as Element).matches('.picture-canvas')) return;
      const box = layer.getBoundingClientRect();
      addRef.current(frame.at(event.clientX - box.left, event.clientY - box.top));
    };
    picture?.addEventListener('dblclick', onDouble);
    return () => picture?.removeEventListener('dblclick', onDouble);
  }, [layer, frame]);

  function begin(event: PointerEvent<HTMLButtonElement>, at: number): void {
    if (event.button !== 0 || !takesHold(event, grip.current)) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const [x, y] = centreOf(data, at);
    const box = layer.getBoundingClientRect();
    // Where in the handle it was taken hold of.
    const dx = event.clientX - box.left - frame.x(x);
    const dy = event.clientY - box.top - frame.y(y);
    grip.current = { dx, dy, pointerId: event.pointerId, pointerType: event.pointerType };
    setSelected(at);
    hold();
  }
  function drag(event: PointerEvent<HTMLButtonElement>, at: number): void {
    const now = grip.current;
    if (now?.pointerId !== event.pointerId) return;
    const box = layer.getBoundingClientRect();
    moveTo(at, frame.at(event.clientX - box.left - now.dx, event.clientY - box.top - now.dy));
  }
  function end({ pointerId }: PointerEvent): void {
    if (grip.current?.pointerId !== pointerId) return;
    grip.current = null;
    release();
  }

  function onKey(event: KeyboardEvent<HTMLButtonElement>, at: number): void {
    const step = event.shiftKey ? NUDGE.large : event.ctrlKey ? NUDGE.small : NUDGE.usual;
    const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    const weight = weightOf(data, at);
    if (move) {
      const [x, y] = centreOf(data, at);
      const to = [x + (step * move[0]) / frame.scale, y + (step * move[1]) / frame.scale] as const;
      if (inside(to)) hold();
      else release();
      moveTo(at, to);
    } else if (event.key === '+' || event.key === '=')
      put(weighted(data, at, boundedWeight(weight + WEIGHTS.step)));
    else if (event.key === '-' || event.key === '−')
      put(weighted(data, at, boundedWeight(weight - WEIGHTS.step)));
    else if (event.key === 'Delete' || event.key === 'Backspace') remove(at);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const [x, y] = centreOf(data, chosen);
  const ring = Math.max(LEAST_RING_PX, RING * data.spread * frame.scale);
  return (
    <>
      {createPortal(
        <>
          {Array.from({ length: total }, (_, at) => {
            const [cx, cy] = centreOf(data, at);
            return (
              <button
                // biome-ignore lint/suspicious/noArrayIndexKey: a Gaussian is nothing but its place in the list
                key={at}
                ref={(button) => {
                  if (button) handles.current.set(at, button);
                  else handles.current.delete(at);
                }}
                type="button"
                className="handle"
                data-selected={at === chosen || undefined}
                aria-label={say.handle(at + 1, total, cx, cy, weightOf(data, at))}
                aria-describedby={helpId}
                style={{ left: frame.x(cx), top: frame.y(cy) }}
                onFocus={() => setSelected(at)}
                onBlur={release}
                onPointerDown={(event) => begin(event, at)}
                onPointerMove={(event) => drag(event, at)}
                onPointerUp={end}
                onPointerCancel={end}
                onKeyDown={(event) => onKey(event, at)}
              >
                <i style={{ scale: `${0.6 + 0.4 * Math.sqrt(Math.min(4, weightOf(data, at)))}` }} />
              </button>
            );
          })}
          <SpreadRing
            spread={data.spread}
            x={frame.x(x)}
            y={frame.y(y)}
            radius={ring}
            scale={frame.scale}
            onGrip={hold}
            onRelease={release}
            onChange={(spread) => change(store, 'game.dataset.spread', spread)}
          />
          <p className="hidden" id={helpId}>
            {say.handleHelp}
          </p>
        </>,
        layer,
      )}
      {createPortal(
        <>
          <button
            type="button"
            className="legend-entry"
            title={say.addHelp}
            disabled={total >= MOST_GAUSSIANS}
            onClick={() => addAt(freePlace(data, extent, APART * data.spread))}
          >
            <svg viewBox="0 0 16 16" aria-hidden="true">
              <path d="M8 3 V13 M3 8 H13" stroke="currentColor" strokeWidth="1.5" />
            </svg>
            {say.add}
          </button>
          <label className="legend-entry handle-weight">
            <span aria-hidden="true">
              {chosen + 1}: {say.weightShort} {exact(weightOf(data, chosen))}
            </span>
            <Slider
              {...WEIGHTS}
              value={weightOf(data, chosen)}
              aria-label={say.weight(chosen + 1)}
              onChange={(weight) => put(weighted(data, chosen, boundedWeight(weight)))}
            />
          </label>
          <button
            type="button"
            className="legend-entry"
            aria-label={say.removeHelp(chosen + 1)}
            title={say.removeHelp(chosen + 1)}
            disabled={total === 1}
            onClick={() => remove(chosen)}
          >
            {say.remove}
          </button>
        </>,
        tools,
      )}
    </>
  );
}

const boundedWeight = (weight: number): number =>
  Math.max(weightsSetting.min, Math.min(weightsSetting.max, Math.round(10 * weight) / 10));

/** The ring about the chosen Gaussian, at three deviations: its edge is taken hold of to make all of them wider. */
function SpreadRing(props: {
  readonly spread: number;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly scale: number;
  readonly onGrip: () => void;
  readonly onRelease: () => void;
  readonly onChange: (spread: number) => void;
}) {
  const { spread, x, y, radius, scale, onGrip, onRelease, onChange } = props;
  const holder = useRef<Holder>(null);
  const put = (next: number) => {
    const bounded = Math.max(spreadSetting.min, Math.min(spreadSetting.max, next));
    onChange(Number(bounded.toPrecision(2)));
  };
  function letGo({ pointerId }: PointerEvent): void {
    if (holder.current?.pointerId !== pointerId) return;
    holder.current = null;
    onRelease();
  }
  const diagonal = radius * Math.SQRT1_2;
  return (
    <>
      <span className="spread-ring" style={{ left: x, top: y, width: 2 * radius, height: 2 * radius }} />
      <div
        className="handle spread-handle"
        role="slider"
        tabIndex={0}
        aria-label={say.spread}
        aria-valuemin={0}
        aria-valuemax={TRACK}
        aria-valuenow={positionOf(spreadSetting, spread)}
        aria-valuetext={exact(spread)}
        style={{ left: x + diagonal, top: y + diagonal }}
        onPointerDown={(event) => {
          if (event.button !== 0 || !takesHold(event, holder.current)) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          holder.current = { pointerId: event.pointerId, pointerType: event.pointerType };
          onGrip();
        }}
        onPointerMove={(event) => {
          if (holder.current?.pointerId !== event.pointerId) return;
          const box = event.currentTarget.parentElement?.getBoundingClientRect() ?? new DOMRect();
          const away = Math.hypot(event.clientX - box.left - x, event.clientY - box.top - y);
          put(away / (RING * scale));
        }}
        onPointerUp={letGo}
        onPointerCancel={letGo}
        onKeyDown={(event) => {
          const up = event.key === 'ArrowUp' || event.key === 'ArrowRight';
          const down = event.key === 'ArrowDown' || event.key === 'ArrowLeft';
          if (event.key === 'Home') onChange(spreadSetting.min);
          else if (event.key === 'End') onChange(spreadSetting.max);
          else if (up || down) onChange(nudge(spreadSetting, spread, up ? 1 : -1));
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      >
        <i />
      </div>
    </>
  );
}
