/** A chart can be heard: a button that says what will be heard and then plays its curves, one after the other. */
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { usePage } from '../context.ts';
import type { Shape } from '../draw/shapes.ts';
import { short } from '../format.ts';
import { type Curve, melodyOf, rangeOf, turnsOf } from './sound.ts';
import { say as all } from './strings.ts';
import '../styles/listen.css';

const say = all.listen;

export interface Heard extends Curve {
  readonly name: string;
  readonly shape: Shape;
}

export interface Heards {
  readonly curves: readonly Heard[];
  /** The places of the first and the last value, in words. */
  readonly from: string;
  readonly to: string;
  /** Values as they are read; heard is how high they are drawn. */
  readonly read: (value: number) => number;
  /** Its places are not those of the charts: their cursor stays where it is. */
  readonly isElsewhere?: boolean;
}

/** So often the cursor goes along with what is heard. */
const CURSOR_MS = 60;

interface ListenProps {
  readonly title: string;
  readonly curves: () => Heards;
  /** Says something politely. */
  readonly speak: (words: () => string) => void;
}

export function Listen({ title, curves, speak }: ListenProps) {
  const { cursor } = usePage();
  const [words, setWords] = useState<string>();
  const stop = useRef<() => void>(undefined);
  useEffect(() => () => stop.current?.(), []);
  const isPlaying = words !== undefined;

  // Who sees that it sounds can end it.
  useLayoutEffect(() => {
    if (!isPlaying) return;
    const listen = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      stop.current?.();
    };
    addEventListener('keydown', listen, { capture: true });
    return () => removeEventListener('keydown', listen, { capture: true });
  }, [isPlaying]);

  async function start(): Promise<void> {
    const { curves: given, from, to, read, isElsewhere } = curves();
    const heard = given.filter(({ places }) => places.length > 0);
    const range = rangeOf(heard);
    if (!range) {
      speak(() => say.waiting(title));
      return;
    }
    const voices = heard.map((curve) => ({ ...melodyOf(curve, range), shape: curve.shape }));
    const { play } = await import('./playing.ts');
    const { begins } = turnsOf(voices);
    let timer: ReturnType<typeof setInterval> | undefined;
    const playing = play(voices, () => {
      clearInterval(timer);
      if (!isElsewhere) cursor.set(undefined);
      setWords(undefined);
    });
    if (!playing) {
      speak(() => say.none);
      return;
    }
    stop.current = playing.stop;
    if (!isElsewhere)
      timer = setInterval(() => {
        const now = playing.now();
        const i = begins.findLastIndex((begin) => begin <= now);
        if (i < 0) return;
        const { places } = heard[i];
        const { times } = voices[i];
        const share = Math.min(1, (now - begins[i]) / Math.max(times[times.length - 1], 1e-3));
        cursor.set(places[0] + share * (places[places.length - 1] - places[0]));
      }, CURSOR_MS);
    const summary = say.summary(
      title,
      heard.map(({ name }) => name),
      from,
      to,
      short(read(range[0])),
      short(read(range[1])),
    );
    setWords(summary);
    speak(() => summary);
  }

  return (
    <>
      <button
        type="button"
        className="quiet tiny"
        aria-pressed={isPlaying}
        aria-label={say.name(title)}
        title={say.help}
        onClick={() => (isPlaying ? stop.current?.() : start())}
      >
        <svg className="listen-sign" viewBox="0 0 16 16" aria-hidden="true">
          {isPlaying ? (
            <path d="M4 4 H12 V12 H4 Z" />
          ) : (
            <path d="M2.5 6 H5 L8.5 3 V13 L5 10 H2.5 Z M10.8 5.6 Q12.6 8 10.8 10.4 M12.6 3.6 Q15.6 8 12.6 12.4" />
          )}
        </svg>
      </button>
      {words && <span className="listen-words">{words}</span>}
    </>
  );
}
