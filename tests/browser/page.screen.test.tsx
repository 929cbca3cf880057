/** What is seen at first, without scrolling: the picture before all, its sentence, and the curves. */
import { expect, test } from 'vitest';
import { page as browser } from 'vitest/browser';
import { say } from '../../src/app/access/strings.ts';
import { openPage, until } from './openPage.tsx';

const boxOf = (place: string) => (document.querySelector(place) as HTMLElement).getBoundingClientRect();

test.each([
  [1280, 800],
  [1366, 768],
  [1440, 900],
  [1920, 1080],
])(
  'at %i × %i the first screen has one row of controls, the picture, its sentence and the first curves',
  async (width, height) => {
    await browser.viewport(width, height);
    const { screen } = await openPage('', { startsPlaying: false });
    await until(() => expect(document.querySelectorAll('.measurements .chart-canvas').length).toBe(2));
    await until(() => expect(screen.getByRole('button', { name: say.open }).query()).not.toBeNull());
    const [strip, shelf] = [boxOf('.strip'), boxOf('.shelf')];
    expect(shelf.left).toBeGreaterThanOrEqual(strip.right - 1);
    expect(Math.abs(shelf.top - strip.top)).toBeLessThan(strip.height / 2);
    const [words, picture] = [boxOf('.verdict'), boxOf('.picture-frame')];
    expect(words.bottom).toBeLessThanOrEqual(picture.top);
    for (const chart of document.querySelectorAll('.measurements .chart')) {
      const box = chart.getBoundingClientRect();
      expect(box.top).toBeGreaterThan(picture.bottom);
      expect(box.bottom).toBeLessThanOrEqual(innerHeight);
      expect(picture.width * picture.height).toBeGreaterThan(2 * box.width * box.height);
    }
  },
);
