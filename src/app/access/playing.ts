/** Sounds melodies one after the other, each with a timbre and a side of its own. */
import type { Shape } from '../draw/shapes.ts';
import { type Melody, turnsOf } from './sound.ts';

/** Quiet enough to be talked over; brighter timbres are louder to the ear. */
const LOUDNESS: Record<OscillatorType, number> = {
  sine: 0.22,
  triangle: 0.2,
  square: 0.07,
  sawtooth: 0.08,
  custom: 0,
};
/** As the marker of the line is round or pointed, so is its sound. */
const timbres: Partial<Record<Shape, OscillatorType>> = {
  circle: 'sine',
  square: 'square',
  triangle: 'triangle',
};
/** Fades this long, so that nothing clicks. */
const FADE_S = 0.02;

export interface Voice extends Melody {
  readonly shape: Shape;
}

export interface Playing {
  /** Seconds since the beginning. */
  now(): number;
  stop(): void;
}

/** Begins to sound; undefined where the browser has no sound. `onEnd` is called once, also when it is stopped. */
export function play(voices: readonly Voice[], onEnd: () => void): Playing | undefined {
  if (typeof AudioContext === 'undefined') return undefined;
  const audio = new AudioContext();
  const start = audio.currentTime;
  const { begins, end } = turnsOf(voices);
  voices.forEach(({ frequencies, times, shape }, i) => {
    const begin = start + begins[i];
    const oscillator = audio.createOscillator();
    const gain = audio.createGain();
    const side = audio.createStereoPanner();
    oscillator.type = timbres[shape] ?? 'sawtooth';
    // From the left to the right, in the order of the curves.
    side.pan.value = voices.length > 1 ? (1.2 * i) / (voices.length - 1) - 0.6 : 0;
    gain.gain.value = 0;
    const loud = LOUDNESS[oscillator.type];
    times.forEach((time, k) => {
      const isHeard = Number.isFinite(frequencies[k]);
      if (isHeard) oscillator.frequency.setTargetAtTime(frequencies[k], begin + time, FADE_S / 2);
      gain.gain.setTargetAtTime(isHeard ? loud : 0, begin + time, FADE_S / 2);
    });
    const last = begin + (times[times.length - 1] ?? 0);
    gain.gain.setTargetAtTime(0, last, FADE_S);
    oscillator.connect(gain).connect(side).connect(audio.destination);
    oscillator.start(begin);
    oscillator.stop(last + 10 * FADE_S);
  });
  let isOver = false;
  const stop = () => {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    void audio.close();
    onEnd();
  };
  const timer = setTimeout(stop, end * 1000);
  return { now: () => audio.currentTime - start, stop };
}
