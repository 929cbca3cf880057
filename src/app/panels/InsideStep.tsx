/** Inside a step: what the next step will do, one thing after the other, as arrows and as formulas with its numbers. */
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { usePage, usePageState } from '../context.ts';
import { drawInside } from '../draw/inside.ts';
import { paletteOf } from '../draw/palette.ts';
import { laneShapes } from '../draw/shapes.ts';
import { formulasOf, type Inside, linesOf, rememberedWords } from '../inside.ts';
import { laneOf } from '../store.ts';
import { strings } from '../strings.ts';
import { Enlarge, usePanelFrame } from './Enlarge.tsx';
import { panelStrings } from './strings.ts';
import { useCanvas } from './useCanvas.ts';
import { useCalm } from './useNews.ts';
import '../styles/inside.css';

const say = panelStrings.inside;
/** How long each event stays in slow motion, and how long its arrow grows. */
const EVENT_MS = 800;
const GROWS_MS = 350;

export function InsideStep() {
  const page = usePage();
  usePageState((state) => state.readout.step);
  const playing = usePageState((state) => state.playing);
  const experiment = usePageState((state) => state.experiment);
  const colour = usePageState((state) => laneOf(state, state.selected).colour);
  const [looked, setLooked] = useState({ step: -1, at: 0 });
  const [isSlow, setSlow] = useState(false);
  // Readings arrive without a change of the state.
  const reading = useSyncExternalStore(page.subscribe, () => page.record.latest.anatomy?.reading);
  const count = reading?.events.length ?? 0;
  // At rest from the first event on; while the run plays, whole steps pass by.
  const at = playing ? count - 1 : looked.step === reading?.step ? Math.min(looked.at, count - 1) : 0;
  const step = reading?.step ?? 0;
  const lookAt = (next: number) => {
    page.pause();
    setLooked({ step, at: next });
  };
  const goOn = () => (at < count - 1 ? lookAt(at + 1) : page.step());

  const isOver = reading !== undefined && count === 0;
  const goOnRef = useRef(goOn);
  useEffect(() => {
    goOnRef.current = goOn;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: each event and each step waits anew
  useEffect(() => {
    if (!isSlow || playing || count === 0) return;
    const timer = setTimeout(() => goOnRef.current(), EVENT_MS);
    return () => clearTimeout(timer);
  }, [isSlow, playing, at, step, count]);
  useEffect(() => {
    if (playing || isOver) setSlow(false);
  }, [playing, isOver]);

  const lines = reading ? linesOf(reading, experiment) : [];
  const current = lines[at];
  const words = current ? `${at + 1}. ${current.title}: ${current.formula}` : '';
  const alone = page.record.frame?.alone.at(-1);
  const frame = usePanelFrame();
  const wasAlone = alone && alone.step + alone.steps === page.record.frame?.step ? alone.player : undefined;
  return (
    <figure className="chart figure" {...frame}>
      <figcaption>
        <h3>{strings.panels.inside}</h3>
        {count > 0 && <span className="chart-note">{say.note(step + 1, at + 1, count)}</span>}
        <span className="figure-controls">
          <button
            type="button"
            className="quiet"
            disabled={at <= 0 || count === 0}
            onClick={() => lookAt(at - 1)}
          >
            {say.previous}
          </button>
          <button type="button" className="quiet" title={say.nextHelp} disabled={count === 0} onClick={goOn}>
            {say.next}
          </button>
          <button
            type="button"
            className="quiet"
            aria-pressed={isSlow}
            disabled={count === 0}
            onClick={() => {
              page.pause();
              setSlow(!isSlow);
            }}
          >
            {isSlow ? say.stop : say.slow}
          </button>
        </span>
        <Enlarge title={strings.panels.inside} />
      </figcaption>
      <ul className="inside-rules">
        {formulasOf(experiment).map(({ title, formula }) => (
          <li key={title}>
            <b>{title}</b> {formula}
          </li>
        ))}
      </ul>
      {reading?.from?.at && count > 0 && (
        <Drawing reading={reading} at={at} shapeOf={colour} words={words} isSlow={isSlow} />
      )}
      <p className="hidden" aria-live="polite">
        {playing ? '' : words}
      </p>
      {isOver && <p className="figure-words">{say.ended}</p>}
      <Events lines={lines} at={at} onPick={lookAt} />
      <p className="figure-words">
        {[
          reading && reading.leftOut > 0 && say.leftOut(reading.leftOut),
          wasAlone && say.lastAlone(wasAlone),
          reading && rememberedWords(reading),
          reading?.from?.at && count > 0 && say.arrows,
        ]
          .filter(Boolean)
          .join(' ')}
      </p>
    </figure>
  );
}

function Events({
  lines,
  at,
  onPick,
}: {
  readonly lines: readonly { title: string; formula: string }[];
  readonly at: number;
  readonly onPick: (at: number) => void;
}) {
  const list = useRef<HTMLOListElement>(null);
  // The list scrolls by itself to what is looked at; the page does not.
  useEffect(() => {
    const item = list.current?.children[at] as HTMLElement | undefined;
    if (!list.current || !item) return;
    const { scrollTop, clientHeight, offsetTop } = list.current;
    const top = item.offsetTop - offsetTop;
    const below = top + item.offsetHeight - (scrollTop + clientHeight);
    if (top < scrollTop) list.current.scrollTop = top;
    else if (below > 0) list.current.scrollTop += below;
  }, [at]);
  return (
    <ol className="inside-events" aria-label={say.events} ref={list}>
      {lines.map(({ title, formula }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an event is its place in the step
        <li key={i}>
          <button type="button" aria-current={i === at ? 'step' : undefined} onClick={() => onPick(i)}>
            {i + 1}. {title}
            <span className="formula">{formula}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}

function Drawing({
  reading,
  at,
  shapeOf,
  words,
  isSlow,
}: {
  readonly reading: Inside;
  readonly at: number;
  readonly shapeOf: number;
  readonly words: string;
  readonly isSlow: boolean;
}) {
  const playing = usePageState((state) => state.playing);
  const spoken = useCalm(panelStrings.atStep(reading.step, say.alt(words)));
  /** Which arrow is growing, and for how long it has. */
  const growing = useRef({ step: -1, at: -1, ms: 0 });
  const canvas = useCanvas(({ context, width, height, palette, elapsedMs }) => {
    const grow = growing.current;
    const isNew = grow.step !== reading.step || grow.at !== at;
    if (isNew) growing.current = { step: reading.step, at, ms: 0 };
    else grow.ms += elapsedMs;
    // Whole steps that pass by do not grow, nor does anything where no motion is wanted.
    const isStill = playing || elapsedMs === Number.POSITIVE_INFINITY;
    const grown = isStill ? 1 : Math.min(1, growing.current.ms / GROWS_MS);
    const own = paletteOf(palette, { colour: shapeOf });
    drawInside(context, width, height, { reading, at, grown, shape: laneShapes[shapeOf] }, own);
    return grown < 1;
  });
  return (
    <canvas
      ref={canvas}
      className="chart-canvas figure-canvas"
      data-still
      data-slow={isSlow || undefined}
      role="img"
      aria-label={spoken}
    />
  );
}
