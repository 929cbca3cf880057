/** Which part of the run the charts show, along their axis. */
import type { Axis } from './clock.ts';

/** From here to there, in the axis's own measure. */
export type Span = readonly [from: number, to: number];

/** Less cannot be looked into. */
const LEAST: Record<Axis, number> = { steps: 4, evaluations: 4, seconds: 1e-3 };
/** A run that has hardly begun is drawn as if it went so far. */
const LEAST_RUN: Record<Axis, number> = { steps: 1, evaluations: 1, seconds: 1e-3 };

/** What is seen: the zoomed part as long as the run reaches it, else the whole run. */
export function seen(zoom: Span | undefined, end: number, axis: Axis): Span {
  const whole = [0, Math.max(end, LEAST_RUN[axis])] as const;
  return zoom && zoom[0] < whole[1] ? zoom : whole;
}

/** As long a part, up to the end of the run. */
export const newest = ([from, to]: Span, end: number): Span => [Math.max(0, end - (to - from)), end];

/** The part between two places in any order, within the run and not too short; undefined for the whole run. */
export function part(a: number, b: number, end: number, axis: Axis): Span | undefined {
  const whole = Math.max(end, LEAST_RUN[axis]);
  const length = Math.min(whole, Math.max(LEAST[axis], Math.abs(b - a)));
  const middle = (a + b) / 2;
  const from = Math.max(0, Math.min(whole - length, middle - length / 2));
  return from <= 0 && from + length >= whole ? undefined : [from, from + length];
}

/** Shorter by `factor` about a place that stays where it is seen; undefined for the whole run. */
export function zoomed(now: Span, about: number, factor: number, end: number, axis: Axis): Span | undefined {
  return part(about + (now[0] - about) / factor, about + (now[1] - about) / factor, end, axis);
}

/** Moved just so far that a place is seen. */
export function reaching(now: Span, place: number): Span {
  const shift = Math.min(0, place - now[0]) + Math.max(0, place - now[1]);
  return [now[0] + shift, now[1] + shift];
}

/** Steps and readings are whole numbers, times are not. */
export const rounded = (value: number, axis: Axis): number =>
  axis === 'seconds' ? value : Math.round(value);
