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
  [1560, 900],
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

/** Menus that show less than the whole name of what is chosen. */
function cutMenus(): string[] {
  const found: string[] = [];
  for (const select of document.querySelectorAll('select')) {
    if (!select.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const whole = select.cloneNode(true) as HTMLSelectElement;
    whole.value = select.value;
    whole.removeAttribute('id');
    Object.assign(whole.style, {
      position: 'absolute',
      visibility: 'hidden',
      fieldSizing: 'content',
      width: 'max-content',
      minWidth: '0',
      maxWidth: 'none',
    });
    select.after(whole);
    const needed = whole.getBoundingClientRect().width;
    whole.remove();
    if (needed > select.getBoundingClientRect().width + 1)
      found.push(select.selectedOptions[0]?.textContent ?? '');
  }
  return found;
}

const longNames = [
  'preset=optimisticAdam',
  'generator=graft&discriminator=optimisticAdam&scheme=svre',
  'preset=bilinear&adjustment=sga&lane2.scheme=competitive&selected=2',
];
test.each(
  [
    [1280, 800],
    [1366, 768],
    [1920, 1080],
    [360, 740],
  ].flatMap(([width, height]) => longNames.map((address) => [width, height, address] as const)),
)('at %i × %i no menu cuts the name of what is chosen: %s', async (width, height, address) => {
  await browser.viewport(width, height);
  const { screen } = await openPage(address, { startsPlaying: false });
  await until(() => expect(document.querySelector('[aria-busy]')).toBeNull());
  await until(() => expect(screen.getByRole('button', { name: say.open }).query()).not.toBeNull());
  await until(() => expect(document.querySelector('.lane-own select')).not.toBeNull());
  expect(cutMenus()).toEqual([]);
});

test('on a phone, the place of the shelf looks like rows of controls while these are on their way', async () => {
  await browser.viewport(360, 740);
  await openPage('', { startsPlaying: false });
  await until(() => expect(document.querySelector('.shelf:not([aria-busy])')).not.toBeNull());
  const place = document.createElement('div');
  place.className = 'shelf';
  place.setAttribute('aria-busy', 'true');
  document.querySelector('.top')!.append(place);
  const rows = getComputedStyle(place, '::before');
  expect(rows.content).toBe('""');
  expect(rows.backgroundImage).toContain('repeating-linear-gradient');
  expect(Number.parseFloat(rows.height)).toBeGreaterThan(50);
  place.remove();
});
