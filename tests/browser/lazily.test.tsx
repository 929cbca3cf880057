/** Components whose code comes late, where it does not come at first: said in their place, and tried again from there. */
import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { lazily } from '../../src/app/panels/lazily.tsx';
import { MissingDialog } from '../../src/app/present/MissingDialog.tsx';
import { strings } from '../../src/app/strings.ts';
import { pass, until } from './openPage.tsx';

interface Props {
  readonly name: string;
  readonly onClose: () => void;
}
const Come = ({ name }: Props) => <p>{`${name} has come`}</p>;

/** Code that comes where the network is there, as often as it is asked for. */
function openNetwork() {
  let isCut = true;
  const load = vi.fn(async () => {
    if (isCut) throw new Error('no network');
    return Come;
  });
  return {
    load,
    mend() {
      isCut = false;
    },
  };
}

test('what does not come says so in its place, keeps the keys there, and comes when it is tried again', async () => {
  const { load, mend } = openNetwork();
  const Late = lazily<Props>(load, <section aria-label="its place" aria-busy="true" />);
  const screen = await render(<Late name="A panel" onClose={() => {}} />);
  const place = screen.getByRole('region', { name: 'its place' });
  const said = place.getByRole('alert');
  await expect.element(said).toHaveTextContent(strings.missing.words);
  expect(place.element().getAttribute('aria-busy')).toBeNull();
  expect(load).toHaveBeenCalledTimes(1);

  const again = said.getByRole('button', { name: 'Try again' });
  const button = again.element() as HTMLElement;
  button.focus();
  await userEvent.keyboard('{Enter}');
  await until(() => {
    expect(load).toHaveBeenCalledTimes(2);
    expect(said.element().textContent).toContain(strings.missing.words);
  });
  expect(document.activeElement).toBe(button);

  mend();
  await userEvent.keyboard('{Enter}');
  await expect.element(screen.getByText('A panel has come')).toBeVisible();
  expect(said.query()).toBeNull();
  expect(load).toHaveBeenCalledTimes(3);
});

test('a dialog that does not come is told of in a dialog, which is closed as it would be', async () => {
  const { load, mend } = openNetwork();
  const Late = lazily<Props>(load, null, MissingDialog);
  const onClose = vi.fn();
  const screen = await render(<Late name="The dialog" onClose={onClose} />);
  const dialog = screen.getByRole('dialog', { name: 'Something could not be loaded.' });
  await expect.element(dialog.getByRole('alert')).toHaveTextContent(strings.missing.words);
  await dialog.getByRole('button', { name: 'Dismiss' }).click();
  expect(onClose).toHaveBeenCalledTimes(1);

  mend();
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await expect.element(screen.getByText('The dialog has come')).toBeVisible();
  expect(dialog.query()).toBeNull();
  await pass(2); // an event of the dialog that went would be told by then
  expect(onClose).toHaveBeenCalledTimes(1);
});

test('code that comes is asked for once, however many show it', async () => {
  const { load, mend } = openNetwork();
  mend();
  const Late = lazily<Props>(load);
  const screen = await render(
    <>
      <Late name="One" onClose={() => {}} />
      <Late name="Another" onClose={() => {}} />
    </>,
  );
  await expect.element(screen.getByText('One has come')).toBeVisible();
  await expect.element(screen.getByText('Another has come')).toBeVisible();
  expect(load).toHaveBeenCalledTimes(1);
});
