/** The page without a surface and without a browser: with a worker that remembers what it was told. */
import { onTestFinished, vi } from 'vitest';
import { openPage, type Page } from '../../src/app/page.ts';
import type { Worker } from '../../src/app/playback.ts';
import type { RunCommand } from '../../src/worker/protocol.ts';

export interface OpenedModel {
  readonly page: Page;
  /** What the workers were told to play, in order. */
  readonly told: Omit<RunCommand, 'type'>[];
  /** The last text of the address bar. */
  address(): string;
}

/** `more` is of workers that do answer. */
export function openModel(address: string, more: () => Partial<Worker> = () => ({})): OpenedModel {
  const told: Omit<RunCommand, 'type'>[] = [];
  let written = address;
  // Once for all pages of a test, and until the last of them is closed.
  if (typeof document === 'undefined') {
    onTestFinished(() => void vi.unstubAllGlobals());
    vi.stubGlobal('document', {
      addEventListener() {},
      removeEventListener() {},
      visibilityState: 'visible',
    });
    vi.stubGlobal('requestAnimationFrame', () => 0);
    vi.stubGlobal('cancelAnimationFrame', () => {});
  }
  const page = openPage({
    address,
    startsPlaying: false,
    home: () => 'https://saddle.example/',
    onAddress: (text) => {
      written = text;
    },
    start: () => ({
      run: (command) => told.push(command),
      frame: () => new Promise(() => {}), // it never answers
      fail() {},
      onLoading() {},
      close() {},
      isGone: () => false,
      stop() {},
      ...more(),
    }),
  });
  onTestFinished(() => page.close());
  return { page, told, address: () => written };
}
