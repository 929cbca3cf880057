/** How sets of pictures that are made are drawn, and told apart. */
import { elementary } from '../../expr/index.ts';
import type { Streams } from '../kinds.ts';
import type { Bars } from './bars.ts';
import type { Gratings } from './gratings.ts';
import type { Shapes } from './shapes.ts';
import { sizeOf } from './side.ts';

/** All patterns: of n lines each way, every choice of lines but none and all, and these two once. */
const patterns = (lines: number) => 2 * (2 ** lines - 2) + 2;

export const classesOfBars = ({ lines }: Bars): string[] =>
  Array.from({ length: patterns(lines) }, (_, label) => {
    const { isDown, white } = patternOf(label, lines);
    if (white === 0) return 'black';
    if (white === 2 ** lines - 1) return 'white';
    return `${isDown ? 'down' : 'across'} ${white.toString(2).padStart(lines, '0')}`;
  });

export function fillBars(
  streams: Streams,
  count: number,
  settings: Bars,
  out: Float64Array,
  labels?: Float64Array,
): void {
  const { side } = sizeOf(settings);
  const { lines } = settings;
  const picks = streams('data').integers(new Int32Array(count), patterns(lines));
  for (let i = 0; i < count; i++) {
    const { isDown, white } = patternOf(picks[i], lines);
    for (let k = 0; k < side * side; k++) {
      const place = isDown ? k % side : Math.floor(k / side);
      const line = Math.floor((place * lines) / side);
      out[i * side * side + k] = (white >> (lines - 1 - line)) & 1 ? 1 : -1;
    }
    if (labels) labels[i] = picks[i];
  }
}

export function recogniseBars(pictures: Float64Array, count: number, settings: Bars): Int32Array {
  const { side } = sizeOf(settings);
  const { lines } = settings;
  const labels = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    // Of each way the pattern that is nearest: a line is white where its mean is above 0.
    const sums = { across: new Float64Array(lines), down: new Float64Array(lines) };
    for (let k = 0; k < side * side; k++) {
      const value = pictures[i * side * side + k];
      sums.across[Math.floor((Math.floor(k / side) * lines) / side)] += value;
      sums.down[Math.floor(((k % side) * lines) / side)] += value;
    }
    const strength = (of: Float64Array) => of.reduce((sum, value) => sum + Math.abs(value), 0);
    const isDown = strength(sums.down) > strength(sums.across);
    const white = (isDown ? sums.down : sums.across).reduce((bits, sum) => 2 * bits + (sum > 0 ? 1 : 0), 0);
    labels[i] = labelOf(isDown, white, lines);
  }
  return labels;
}

/** All black and all white are counted once, as lines across. */
function labelOf(isDown: boolean, white: number, lines: number): number {
  const across = 2 ** lines;
  const isPlain = white === 0 || white === across - 1;
  return isDown && !isPlain ? across + white - 1 : white;
}

/** Those across come first, from black to white; those down are without these two. */
function patternOf(label: number, lines: number): { isDown: boolean; white: number } {
  const across = 2 ** lines;
  return label < across ? { isDown: false, white: label } : { isDown: true, white: label - across + 1 };
}

export function fillGratings(
  streams: Streams,
  count: number,
  settings: Gratings,
  out: Float64Array,
  labels?: Float64Array,
): void {
  const { side } = sizeOf(settings);
  const { directions, waves } = settings;
  const picks = streams('data.mode').integers(new Int32Array(count), directions);
  const shifts = streams('data').uniforms(new Float64Array(count));
  for (let i = 0; i < count; i++) {
    const angle = (Math.PI * picks[i]) / directions;
    const [across, down] = [elementary.cos(angle), elementary.sin(angle)];
    for (let k = 0; k < side * side; k++) {
      const x = ((k % side) + 0.5) / side - 0.5;
      const y = 0.5 - (Math.floor(k / side) + 0.5) / side; // up is up
      const phase = 2 * Math.PI * (waves * (across * x + down * y) + shifts[i]);
      out[i * side * side + k] = Math.fround(elementary.sin(phase));
    }
    if (labels) labels[i] = picks[i];
  }
}

export function recogniseGratings(pictures: Float64Array, count: number, settings: Gratings): Int32Array {
  const { side } = sizeOf(settings);
  const { directions, waves } = settings;
  const strengths = new Float64Array(count * directions);
  for (let direction = 0; direction < directions; direction++) {
    const angle = (Math.PI * direction) / directions;
    const [across, down] = [elementary.cos(angle), elementary.sin(angle)];
    // How strong the wave is, whatever its shift: against a sine and a cosine.
    const [sines, cosines] = [elementary.sin, elementary.cos].map((wave) =>
      Float64Array.from({ length: side * side }, (_, k) => {
        const x = ((k % side) + 0.5) / side - 0.5;
        const y = 0.5 - (Math.floor(k / side) + 0.5) / side;
        return wave(2 * Math.PI * waves * (across * x + down * y));
      }),
    );
    for (let i = 0; i < count; i++) {
      let [a, b] = [0, 0];
      for (let k = 0; k < side * side; k++) {
        a += pictures[i * side * side + k] * sines[k];
        b += pictures[i * side * side + k] * cosines[k];
      }
      strengths[i * directions + direction] = a * a + b * b;
    }
  }
  return Int32Array.from({ length: count }, (_, i) => {
    const own = strengths.subarray(i * directions, (i + 1) * directions);
    return own.indexOf(Math.max(...own));
  });
}

/** Inside by how much, in units of the shape's half width; x and y in the same, up is positive. */
type Inside = (x: number, y: number) => number;

const kinds: Readonly<Record<string, Inside>> = {
  disc: (x, y) => 1 - Math.sqrt(x * x + y * y),
  square: (x, y) => 0.9 - Math.max(Math.abs(x), Math.abs(y)),
  triangle: (x, y) => Math.min(0.8 + y, 0.5 * (1 - y) - Math.abs(x)),
  cross: (x, y) =>
    Math.max(Math.min(0.35 - Math.abs(x), 1 - Math.abs(y)), Math.min(0.35 - Math.abs(y), 1 - Math.abs(x))),
};
export const shapeNames = Object.keys(kinds);

export function fillShapes(
  streams: Streams,
  count: number,
  settings: Shapes,
  out: Float64Array,
  labels?: Float64Array,
): void {
  const { side } = sizeOf(settings);
  const { smallest, largest } = settings;
  const picks = streams('data.mode').integers(new Int32Array(count), shapeNames.length);
  const factors = streams('data').uniforms(new Float64Array(3 * count));
  for (let i = 0; i < count; i++) {
    const half = (side / 2) * (smallest + (largest - smallest) * factors[3 * i]);
    const room = side / 2 - half;
    const x0 = side / 2 + room * (2 * factors[3 * i + 1] - 1);
    const y0 = side / 2 + room * (2 * factors[3 * i + 2] - 1);
    const inside = kinds[shapeNames[picks[i]]];
    for (let k = 0; k < side * side; k++) {
      const x = ((k % side) + 0.5 - x0) / half;
      const y = (y0 - Math.floor(k / side) - 0.5) / half;
      // The edge is one pixel wide.
      out[i * side * side + k] = Math.fround(Math.max(-1, Math.min(1, 2 * half * inside(x, y))));
    }
    if (labels) labels[i] = picks[i];
  }
}
