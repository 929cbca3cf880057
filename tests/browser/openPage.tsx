/** Opens the page in a test as a person's browser would, with a worker of its own, and closes it afterwards. */
import { onTestFinished } from 'vitest';
import { render } from 'vitest-browser-react';
import { App } from '../../src/app/App.tsx';
import { openPage as openModel, type Page, type PageOptions } from '../../src/app/page.ts';
import { startWorker } from '../../src/worker/start.ts';

export interface OpenedPage {
  readonly model: Page;
  readonly screen: Awaited<ReturnType<typeof render>>;
  /** The last text that the address bar was given. */
  address(): string;
  /** Whole steps taken, as the page shows them. */
  shownStep(): number;
  /** The text of an element by its test name. */
  text(testId: string): string;
}

export async function openPage(address = '', options: Partial<PageOptions> = {}): Promise<OpenedPage> {
  let written = address;
  const model = openModel({
    address,
    start: startWorker,
    startsPlaying: true,
    onAddress: (text) => {
      written = text;
    },
    ...options,
  });
  const screen = await render(<App page={model} />);
  onTestFinished(() => {
    model.close();
    delete document.documentElement.dataset.theme;
  });
  const text = (testId: string) => screen.getByTestId(testId).element().textContent ?? '';
  return {
    model,
    screen,
    address: () => written,
    shownStep: () => Number(text('step').replaceAll(',', '')),
    text,
  };
}
