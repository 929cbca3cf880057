/** The browser's own protocol: what no page can do by itself. */
import { onTestFinished } from 'vitest';
import { cdp } from 'vitest/browser';

interface Protocol {
  send(method: string, parameters: object): Promise<unknown>;
}
export const protocol = () => cdp() as unknown as Protocol;

/** For the rest of the test, the system asks for less motion. */
export async function askForLessMotion(): Promise<void> {
  const media = (value: string) =>
    protocol().send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-reduced-motion', value }] });
  await media('reduce');
  // The next test begins when that is over.
  onTestFinished(async () => void (await media('no-preference')));
}
