/** A game of one's own on the page: formulas typeset and pointed into, names with sliders, equilibria found. */
import { expect, test } from 'vitest';
import { page as browser, userEvent } from 'vitest/browser';
import { expectAccessible } from './audit.ts';
import { canvases, openPage, pastStep, until } from './openPage.tsx';

const sgd = 'generator=sgd&discriminator=sgd&scheme=simultaneous';
const gameOf = ({ model }: Awaited<ReturnType<typeof openPage>>) => model.store.getState().experiment.game;
const restOf = ({ model }: Awaited<ReturnType<typeof openPage>>) => model.record.latest.equilibria?.reading;
const listed = () => [...document.querySelectorAll('.rest-list li')].map((item) => item.textContent ?? '');

test('a new name in a formula has a slider, and moving it turns the field of the run that goes on', async () => {
  const opened = await openPage(`game=typed&${sgd}`);
  await pastStep(opened, 3);
  const { run } = opened.model.record.frame!;
  await expect.element(opened.screen.getByRole('slider', { name: 'a', exact: true })).toBeVisible();
  expect(opened.screen.getByRole('slider', { name: 'c', exact: true }).query()).toBeNull();
  await opened.screen.getByRole('combobox', { name: 'f(x, y)' }).fill('rate*x*y + α*x^2');
  await expect.element(opened.screen.getByRole('slider', { name: 'α' })).toBeVisible();
  expect(opened.screen.getByRole('slider', { name: 'a', exact: true }).query()).toBeNull();
  await until(() => expect(opened.model.record.latest.vectorField?.reading.values).toBeDefined());
  const before = [...opened.model.record.latest.vectorField!.reading.values];
  await opened.screen.getByRole('slider', { name: 'rate', exact: true }).fill('900'); // of 1000: 8 of ±10
  expect(gameOf(opened)).toMatchObject({ rate: 8 });
  await until(() => {
    const { values } = opened.model.record.latest.vectorField!.reading;
    expect(values.some((value, i) => value !== before[i])).toBe(true);
  });
  expect(opened.model.record.frame!.run).toBe(run);
  await until(() =>
    expect(decodeURIComponent(opened.address())).toMatch(
      /^game=typed&generator=sgd&discriminator=sgd&history=1!\d+:game\.first:rate\*x\*y \+ α\*x\^2!\d+:game\.rate:8$/,
    ),
  );
  // A slider reaches as far as is asked for, and never less far than its value.
  await opened.screen
    .getByRole('combobox', { name: 'How far the slider of rate reaches' })
    .selectOptions('100');
  await opened.screen.getByRole('slider', { name: 'rate', exact: true }).fill('900');
  expect(gameOf(opened)).toMatchObject({ rate: 80 });
});

test('a mistake is pointed at while the last good game is played, and a formula is typeset as it is typed', async () => {
  const opened = await openPage(`game=typed&${sgd}`);
  await pastStep(opened, 3);
  const formula = opened.screen.getByRole('combobox', { name: 'f(x, y)' });
  await formula.fill('x*y + sin(x^2)/2');
  const typeset = () => document.querySelector('.formula-typeset math')!;
  await until(() => expect(typeset().querySelector('mfrac')).not.toBeNull());
  expect(typeset().getAttribute('aria-label')).toBe('f = x*y + sin(x^2)/2');
  expect(typeset().querySelector('msup')!.textContent).toBe('x2');
  await formula.fill('x*y + * 3');
  expect(document.querySelector('.formula-pointer mark')!.textContent).toBe('*');
  await expect.element(opened.screen.getByText(/a value is missing before \*, at character 7/)).toBeVisible();
  expect(gameOf(opened)).toMatchObject({ first: 'x*y + sin(x^2)/2' });
  await pastStep(opened, opened.model.record.frame!.step + 3);
  await formula.fill('xy');
  await expect.element(opened.screen.getByText(/a product is written x y or x\*y/)).toBeVisible();
  await opened.screen.getByText('What each player feels').click();
  await formula.fill('x^2 y');
  await until(() => {
    const [, byX, byY] = [...document.querySelectorAll('math')].map((math) =>
      math.getAttribute('aria-label'),
    );
    expect([byX, byY]).toEqual(['∂f/∂x = 2*x*y', '∂g/∂y = -x^2']);
  });
});

test('names that fit are offered, and taken by keyboard', async () => {
  const opened = await openPage(`game=typed&${sgd}`, { startsPlaying: false });
  const formula = opened.screen.getByRole('combobox', { name: 'f(x, y)' });
  await formula.fill('x*y + ta');
  await expect.element(opened.screen.getByRole('option', { name: /tanh/ })).toBeVisible();
  const element = formula.element() as HTMLInputElement;
  element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
  await until(() => expect(element.value).toBe('x*y + tanh('));
  await formula.fill('x*y + tanh(x)');
  expect(gameOf(opened)).toMatchObject({ first: 'x*y + tanh(x)' });
  // Within a formula, what is typed next stands behind the name, however soon it comes.
  await formula.fill('*y');
  await userEvent.keyboard('{Home}ta');
  await expect.element(opened.screen.getByRole('option', { name: /tanh/ })).toBeVisible();
  await userEvent.keyboard('{Enter}x)');
  await until(() => expect(element.value).toBe('tanh(x)*y'));
});

test('a name is a number when it is whole, not with its first letters; and what was set comes back with it', async () => {
  const opened = await openPage(`game=typed&game.first=rate*x*y&game.rate=8&${sgd}`, {
    startsPlaying: false,
  });
  const { screen, model } = opened;
  const field = screen.getByRole('combobox', { name: 'f(x, y)' });
  await expect.element(field).toBeVisible();
  const formula = field.element() as HTMLInputElement;
  const played = new Set<string>();
  const stop = model.store.subscribe(({ experiment: { game } }) => {
    if (game.kind === 'typed') played.add(game.first);
  });
  const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!;
  /** All within one turn: no rest comes between, however slow the machine. */
  const type = (...texts: readonly string[]) => {
    formula.focus();
    for (const text of texts) {
      setValue.call(formula, text);
      formula.dispatchEvent(new Event('input', { bubbles: true }));
    }
  };
  const letters = (from: string, word: string) => [...word].map((_, i) => from + word.slice(0, i + 1));
  type('rate*x*y + ', ...letters('rate*x*y + ', 'theta'));
  expect([...played]).toEqual(['rate*x*y + theta']);
  await until(() => expect(document.querySelectorAll('.own-numbers .setting')).toHaveLength(1));
  // A new name, which is whole when nothing follows.
  type(...letters('rate*x*y + ', 'gain'));
  expect(gameOf(opened)).toMatchObject({ first: 'rate*x*y + theta' });
  expect(screen.getByRole('slider', { name: 'gain', exact: true }).query()).toBeNull();
  await until(() => expect(screen.getByRole('slider', { name: 'gain', exact: true }).query()).not.toBeNull());
  // Or when it is confirmed, or left.
  type(...letters('rate*x*y + ', 'loss'));
  formula.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
  expect(gameOf(opened)).toMatchObject({ first: 'rate*x*y + loss', loss: 1 });
  type('rate*x*y + loss*y', 'rate*x*y + los', 'rate*x*y + lo');
  formula.blur();
  expect(gameOf(opened)).toMatchObject({ first: 'rate*x*y + lo' });
  // A letter taken out of a name, and put back.
  type('rat', 'ra', 'r', '', 'r', 'ra', 'rat', 'rate', 'rate*y');
  expect(gameOf(opened)).toMatchObject({ first: 'rate*y', rate: 8 });
  stop();
  const halves = [...played].filter((text) => /the?t?$|lo?s?$|ga?i?$|\bra?t?$/.test(text));
  expect(halves).toEqual(['rate*x*y + lo']);
});

test('coordinates have one name each, that of the formulas', async () => {
  const opened = await openPage(`game=typed&game.first=x^2+y^2+x*y&${sgd}`, { startsPlaying: false });
  const { screen, model } = opened;
  await expect.element(screen.getByLabelText('start (x, y)', { exact: true })).toBeVisible();
  await until(() => expect(restOf(opened)).toBeDefined());
  await until(() => expect(document.querySelector('.rest .chart-note')?.textContent).toMatch(/\|x\|, \|y\|/));
  // But where it is said what else they may be called.
  const help = document.querySelector('.own-help')!.textContent!;
  expect(help).toMatch(/θ and φ/);
  for (const place of ['.column.game', '.rest', '.words'])
    expect(document.querySelector(place)!.textContent!.replace(help, ''), place).not.toMatch(/[θφ]/);
  await screen.getByRole('combobox', { name: 'f(x, y)' }).fill('theta^2 + φ^2');
  await expect.element(screen.getByRole('combobox', { name: 'f(θ, φ)' })).toBeVisible();
  await until(() => expect(document.querySelector('.rest .chart-note')?.textContent).toMatch(/\|θ\|, \|φ\|/));
  expect(model.store.getState().experiment.game).toMatchObject({ first: 'theta^2 + φ^2' });
});

test('equilibria are found, listed with what they are, drawn, and started beside', async () => {
  const opened = await openPage(`game=typed&${sgd}`);
  await opened.screen.getByLabelText('Examples').selectOptions('Which side of the road');
  await until(() =>
    expect(restOf(opened)?.points.map(({ kind }) => kind)).toEqual(['stable node', 'saddle', 'stable node']),
  );
  await until(() => {
    expect(listed()).toHaveLength(3);
    expect(listed()[0]).toMatch(/\(−1, −1\) stable node.*local Nash.*drawn in/);
    expect(listed()[1]).toMatch(/\(0, 0\) saddle.*driven out/);
  });
  // With and without their layer the picture is another.
  opened.model.pause();
  const picture = () => canvases().find((canvas) => canvas.matches('.picture-canvas'))!;
  await until(() => expect(opened.model.isRestKnown).toBe(true));
  const inks = () => {
    const { data } = picture().getContext('2d')!.getImageData(0, 0, picture().width, picture().height);
    return data.reduce((sum, value) => sum + value, 0);
  };
  const withMarks = inks();
  await opened.screen.getByRole('button', { name: 'equilibria', exact: true }).click();
  await until(() => expect(inks()).not.toBe(withMarks));
  await opened.screen.getByRole('button', { name: 'equilibria', exact: true }).click();
  await opened.screen.getByRole('button', { name: 'Start beside it: (1, 1)' }).click();
  expect(gameOf(opened)).toMatchObject({ start: [1.1, 1.1] });
});

test('every plane game tells its equilibria when their panel is opened; a moved dial finds them anew', async () => {
  const opened = await openPage('preset=forsaken&panels.equilibria=open');
  await opened.screen.getByRole('button', { name: 'Equilibria', exact: true }).click();
  await until(() => expect(listed().join()).toMatch(/\(0\.078, 0\.412\) stable focus.*not a Nash/));
  await opened.screen.getByRole('combobox', { name: 'game', exact: true }).selectOptions('typed');
  await opened.screen.getByRole('combobox', { name: 'f(x, y)' }).fill('k*x^2 - y^2');
  await until(() => expect(listed().join()).toContain('stable node'));
  await opened.screen.getByRole('slider', { name: 'k' }).fill('400'); // −2
  await until(() => expect(listed().join()).toContain('saddle'));
  await opened.screen.getByRole('slider', { name: 'k' }).fill('500'); // 0
  await until(() => expect(listed().join()).toContain('A whole curve'));
});

test.each(['light', 'dark'] as const)('assistive technology finds nothing in its way, %s', async (theme) => {
  await browser.viewport(360, 740);
  const opened = await openPage(`game=typed&game.first=sin(3*x)*sin(k*y)&${sgd}`, { theme });
  await until(() => expect(listed().length).toBeGreaterThan(3));
  opened.model.pause();
  await opened.screen.getByText('What can be written').click();
  await opened.screen.getByText('What each player feels').click();
  await opened.screen.getByRole('combobox', { name: 'g(x, y)' }).fill('x + $');
  await expectAccessible();
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(innerWidth);
});
