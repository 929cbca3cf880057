/** The page within another page: its sentence is there to be read as a whole, in frames of any size. */
import { expect, onTestFinished, test } from 'vitest';
import { page as browser } from 'vitest/browser';
import { changeLane } from '../../src/app/store.ts';
import { canvases, openPage, until } from './openPage.tsx';

/** As long as sentences become. */
const SENTENCE =
  'Most samples are near 2 of the 8 modes, for 400 steps by now: the generator has collapsed, and both losses turn with a period of 35 steps.';

test.each([
  [700, 420],
  [480, 360],
  [320, 240],
  [200, 150],
])(
  'in a frame of %i x %i the whole sentence is seen, and the picture keeps its size',
  async (width, height) => {
    await browser.viewport(width, height);
    onTestFinished(() => browser.viewport(1280, 900));
    const { model } = await openPage('embed&preset=bilinear&paused', { startsPlaying: false });
    await until(() => expect(canvases()).toHaveLength(1));
    const sentence = document.querySelector<HTMLElement>('.embedded-bar p')!;
    // The page says so, whatever is still read.
    let said: string | undefined;
    const insist = () => {
      const [{ id, readout }] = model.store.getState().lanes;
      if (said !== undefined && readout.sentence !== said)
        changeLane(model.store, id, { readout: { ...readout, sentence: said } });
    };
    onTestFinished(model.store.subscribe(insist));
    const say = async (words: string) => {
      said = words;
      insist();
      await until(() => expect(sentence.textContent).toBe(words));
    };
    await say('Short.');
    const before = canvases()[0].clientHeight;
    await say(SENTENCE);
    expect(canvases()[0].clientHeight).toBe(before);
    // Not cut: every line of the text is in the frame, and nothing lies over it.
    const text = document.createRange();
    text.selectNodeContents(sentence);
    const lines = [...text.getClientRects()];
    expect(lines.length).toBeGreaterThan(0);
    expect(sentence.scrollWidth).toBeLessThanOrEqual(sentence.clientWidth);
    for (const { left, right, top, bottom } of lines) {
      expect(left).toBeGreaterThanOrEqual(0);
      expect(right).toBeLessThanOrEqual(innerWidth);
      expect(top).toBeGreaterThanOrEqual(0);
      expect(bottom).toBeLessThanOrEqual(innerHeight);
      for (const x of [left + 1, (left + right) / 2, right - 1])
        expect(document.elementFromPoint(x, (top + bottom) / 2)).toBe(sentence);
    }
    expect(document.documentElement.scrollHeight).toBeLessThanOrEqual(innerHeight);
    const boxes = [...document.querySelectorAll('.embedded-bar > :not(.hidden)')].map((each) =>
      each.getBoundingClientRect(),
    );
    expect(boxes.length).toBeGreaterThan(0);
    for (const { left, right, bottom } of boxes) {
      expect(left).toBeGreaterThanOrEqual(0);
      expect(right).toBeLessThanOrEqual(innerWidth);
      expect(bottom).toBeLessThanOrEqual(innerHeight);
    }
  },
);
