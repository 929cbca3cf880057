/** The devices that the page offers are those that there are. */
import { expect, test } from 'vitest';
import { laterStrings } from '../../src/app/laterStrings.ts';
import { deviceNames } from '../../src/engine/devices.ts';

test('every device has a name and a sentence on the page, and nothing else has', () => {
  const { names } = laterStrings.device;
  expect(Object.keys(names).sort()).toEqual([...deviceNames].sort());
  for (const { name, summary } of Object.values(names)) {
    expect(name.trim()).not.toBe('');
    expect(summary).toMatch(/^\p{Lu}.*\.$/u);
  }
  expect(new Set(Object.values(names).map(({ name }) => name)).size).toBe(deviceNames.length);
});
