/** The page without a surface and without a browser, with runs that really train. */
import { onTestFinished, vi } from 'vitest';
import { loadNamed } from '../../src/app/named.ts';
import { openPage, type Page } from '../../src/app/page.ts';
import type { RunRecord } from '../../src/app/record.ts';
import { readData } from '../../src/cli/data.ts';
import { connect } from '../../src/worker/client.ts';
import { serve } from '../../src/worker/host.ts';
import type { Wire } from '../../src/worker/protocol.ts';

await loadNamed();

/** A picture of a screen, in milliseconds. */
const PICTURE_MS = 4;

/** A run's worker, as far as it can be harmed. */
export interface Mortal {
  /** It ends, and the browser says so. */
  die(reason: string): void;
  /** It hears nothing any more. */
  hang(): void;
}

export const openPlaying = (address: string, startsPlaying = true): Page =>
  openMortal(address, startsPlaying).page;

/** With the workers of its runs, in the order in which they were started. */
export function openMortal(address: string, startsPlaying = true): { page: Page; workers: Mortal[] } {
  if (!('document' in globalThis)) {
    onTestFinished(() => void vi.unstubAllGlobals()); // after all pages are closed
    vi.stubGlobal('document', {
      addEventListener() {},
      removeEventListener() {},
      visibilityState: 'visible',
    });
    vi.stubGlobal('requestAnimationFrame', (act: () => void) => setTimeout(act, PICTURE_MS));
    vi.stubGlobal('cancelAnimationFrame', clearTimeout);
  }
  const ports: MessagePort[] = [];
  const workers: Mortal[] = [];
  const page = openPage({
    address: `device=reference&${address}`,
    startsPlaying,
    start() {
      const { port1, port2 } = new MessageChannel();
      ports.push(port1, port2);
      serve(port1 as unknown as Wire, readData);
      const client = connect(port2 as unknown as Wire);
      const end = (message: string) => {
        port1.close();
        client.fail({ message });
      };
      workers.push({ die: end, hang: () => port1.close() });
      return { ...client, stop: () => end('the run was stopped') };
    },
  });
  onTestFinished(() => {
    page.close();
    for (const port of ports) port.close();
  });
  return { page, workers };
}

export const recordsOf = (page: Page): RunRecord[] =>
  page.store.getState().lanes.map((lane) => page.recordOf(lane));
export const stepsOf = (page: Page) => recordsOf(page).map(({ frame }) => frame?.step ?? 0);

export const until = (check: () => void) => vi.waitFor(check, { timeout: 20_000, interval: 10 });

/** Pauses, and waits until what is known is where the runs stand. */
export async function rest(page: Page): Promise<void> {
  page.pause();
  await until(() => {
    if (!page.isResting) throw new Error('it does not rest');
  });
}
