/** Generated samples: blended into one layer on the page, stamped one by one where a picture is taken away. */
import { expect, onTestFinished, test } from 'vitest';
import { readPalette } from '../../src/app/draw/palette.ts';
import { centred } from '../../src/app/draw/plane.ts';
import { openDots, over } from '../../src/app/draw/points.ts';

const SIDE = 120;
const RADIUS = 3;
/** Half of its stroke lies outside of the shape. */
const RIM = 1.6;
const frame = centred(SIDE, SIDE, 2);

/** A canvas of the page, or one that is taken away, with these dots. */
function drawn(positions: readonly number[], isOnPage: boolean, ground?: string): ImageData {
  const canvas = document.createElement('canvas');
  canvas.width = SIDE * devicePixelRatio;
  canvas.height = SIDE * devicePixelRatio;
  if (isOnPage) document.body.append(canvas);
  onTestFinished(() => canvas.remove());
  const context = canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;
  context.scale(devicePixelRatio, devicePixelRatio);
  if (ground) {
    context.fillStyle = ground;
    context.fillRect(0, 0, SIDE, SIDE);
  }
  openDots().draw(context, frame, Float64Array.from(positions), readPalette(document.body), RADIUS);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

/** The middle of all that is opaque, in pixels of the style sheet, and how much of it there is. */
function middleOf({ data, width }: ImageData): [x: number, y: number, weight: number] {
  let [x, y, weight] = [0, 0, 0];
  for (let i = 0; i < data.length / 4; i++) {
    const opacity = data[4 * i + 3];
    weight += opacity;
    x += opacity * ((i % width) + 0.5);
    y += opacity * (Math.floor(i / width) + 0.5);
  }
  return [x / weight / devicePixelRatio, y / weight / devicePixelRatio, weight];
}

test('a dot lies where its sample is, to an eighth of a pixel, and is as large as its shape with its rim', () => {
  for (const [right, up] of [
    [0, 0],
    [0.313, -0.771],
    [-1.207, 1.1],
    [0.01, 0.02],
  ]) {
    const [x, y, weight] = middleOf(drawn([right, up], true));
    expect(Math.abs(x - frame.x(right))).toBeLessThan(0.13 / devicePixelRatio + 0.02);
    expect(Math.abs(y - frame.y(up))).toBeLessThan(0.13 / devicePixelRatio + 0.02);
    const area = Math.PI * (RADIUS + RIM / 2) ** 2 * devicePixelRatio ** 2;
    expect(weight / 255 / area).toBeGreaterThan(0.9);
    expect(weight / 255 / area).toBeLessThan(1.1);
  }
});

test('a crowd looks the same on the page as where it is taken away, on any ground, cut at the edges', () => {
  const crowd = Array.from({ length: 300 }, (_, i) => 2.1 * Math.sin(1.7 * i * i));
  for (const ground of [undefined, 'rgb(30 60 200)']) {
    const blended = drawn(crowd, true, ground).data;
    const stamped = drawn(crowd, false, ground).data;
    let [apart, inked] = [0, 0];
    for (let i = 3; i < blended.length; i += 4) {
      if (stamped[i] > 0) inked += 1;
      for (let channel = i - 3; channel <= i; channel++)
        apart += Math.abs(blended[channel] - stamped[channel]) / 4;
    }
    expect(inked).toBeGreaterThan(0.3 * SIDE * SIDE);
    expect(apart / inked).toBeLessThan(8); // of 255: rims lie up to an eighth of a pixel elsewhere
  }
});

test('samples that are nowhere, or far away, are drawn nowhere', () => {
  const blank = drawn([], true).data;
  expect(drawn([Number.NaN, 0, 1e300, 1, 0, Number.NEGATIVE_INFINITY, 50, 50], true).data).toEqual(blank);
  expect(blank.some((byte) => byte > 0)).toBe(false);
});

test('a pixel over another is mixed as light is', () => {
  const pixel = (red: number, green: number, blue: number, opacity: number) =>
    ((opacity << 24) | (blue << 16) | (green << 8) | red) >>> 0;
  const red = pixel(255, 0, 0, 255);
  expect(over(red, pixel(0, 0, 255, 200))).toBe(red);
  expect(over(0, red)).toBe(red);
  expect(over(pixel(1, 2, 3, 90), 0)).toBe(pixel(1, 2, 3, 90));
  // On an opaque ground: a share of 51 / 255 of what is above.
  expect(over(pixel(0, 0, 255, 51), red)).toBe(pixel(204, 0, 51, 255));
  // Half over half: opacity 3/4, of which two thirds are above.
  expect(over(pixel(0, 90, 255, 128), pixel(255, 0, 0, 128))).toBe(pixel(85, 60, 170, 192));
});
