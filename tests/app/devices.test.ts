/** The devices that the page offers are those that there are. */
import { expect, test } from 'vitest';
import { strings } from '../../src/app/strings.ts';
import { deviceNames } from '../../src/engine/devices.ts';

test('every device has a name and a sentence on the page', () => {
  expect(Object.keys(strings.device.names)).toEqual(expect.arrayContaining([...deviceNames]));
});
