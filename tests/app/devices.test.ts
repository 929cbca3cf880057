/** The devices that the page offers are those that there are. */
import { expect, test } from 'vitest';
import { laterStrings } from '../../src/app/laterStrings.ts';
import { deviceNames } from '../../src/engine/devices.ts';

test('every device has a name and a sentence on the page', () => {
  expect(Object.keys(laterStrings.device.names)).toEqual(expect.arrayContaining([...deviceNames]));
});
