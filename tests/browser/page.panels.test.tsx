/** Every panel can be opened, is drawn, enlarged and closed, with nothing but keys. */
import { expect, onTestFinished, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { readAddress } from '../../src/app/address.ts';
import { factsOf } from '../../src/app/facts.ts';
import { loadNamed } from '../../src/app/named.ts';
import { type Panel, panels } from '../../src/app/panels.ts';
import { strings } from '../../src/app/strings.ts';
import { openPage, until } from './openPage.tsx';

await loadNamed(); // the addresses name presets

const small = 'hidden=8';
/** Games in which, together, every panel has something to show. */
const addresses = [
  'preset=quadratic',
  `game.generatorNetwork.${small}&game.discriminatorNetwork.${small}&game.batchSize=32`,
  'preset=domains',
  `game=images&game.generatorNetwork.${small}&game.discriminatorNetwork.${small}&game.batchSize=8`,
  'preset=dirac&lane2.scheme=alternating',
];

const fitsIn = (panel: Panel, address: string): boolean => {
  const { experiments } = readAddress(address);
  return panel.fits(factsOf(experiments[0].game), experiments[0], experiments.length);
};
const cases = addresses.map((address) => ({
  address,
  shown: panels.filter((panel) => addresses.find((each) => fitsIn(panel, each)) === address),
}));

test('every panel has a game in which it is tried', () => {
  expect(cases.flatMap(({ shown }) => shown)).toHaveLength(panels.length);
});

const frameOf = ({ name }: Panel) => document.querySelector<HTMLElement>(`[data-panel=${name}]`);
/** Pixels of a panel's canvas that anything was drawn on; of a list, its characters. */
function inkOf(panel: Panel): number {
  const canvas = frameOf(panel)?.querySelector('canvas');
  if (!canvas) return frameOf(panel)?.textContent?.length ?? 0;
  if (canvas.width === 0) return 0;
  const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
  let drawn = 0;
  for (let i = 3; i < data.length; i += 4) if (data[i] > 0) drawn += 1;
  return drawn;
}

test.for(cases)('$address', { timeout: 120_000 }, async ({ address, shown }) => {
  const complaints = vi.spyOn(console, 'error');
  onTestFinished(() => complaints.mockRestore());
  const { model, screen } = await openPage(address, { startsPlaying: false });
  await until(() => expect(model.record.frame).toBeDefined());
  for (let i = 0; i < 5; i++) model.step();
  const shelf = screen.getByRole('toolbar', { name: 'Panels' });
  for (const panel of shown) {
    const title = strings.panels[panel.name];
    const toggle = shelf.getByRole('button', { name: title, exact: true });
    const press = async (isOpen: boolean) => {
      (toggle.element() as HTMLElement).focus();
      await userEvent.keyboard('{Enter}');
      await until(() => {
        expect(toggle.element().getAttribute('aria-pressed')).toBe(String(isOpen));
        expect(frameOf(panel) !== null, title).toBe(isOpen);
      });
    };
    await until(() => expect(toggle.query(), title).not.toBeNull());
    if (toggle.element().getAttribute('aria-pressed') === 'true') await press(false);
    await press(true);
    await until(() => expect(inkOf(panel), title).toBeGreaterThan(50));
    expect(screen.getByRole('alert').query(), title).toBeNull();

    const enlarge = screen.getByRole('button', { name: `Enlarge ${title}`, exact: true });
    (enlarge.element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    await until(() => expect(frameOf(panel)?.dataset.wide, title).toBe('true'));
    await until(() => expect(inkOf(panel), title).toBeGreaterThan(50));
    expect(model.link()).toContain(`wide=${panel.name}`);
    await userEvent.keyboard('{Escape}');
    await until(() => expect(frameOf(panel)?.dataset.wide, title).toBeUndefined());
    await press(false);
  }
  expect(complaints.mock.calls).toEqual([]);
  expect(model.store.getState()).toMatchObject({ failure: undefined, refusal: undefined });
});
