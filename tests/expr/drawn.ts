/** Decisions drawn by fast-check, so that whatever a test makes of them can be repeated and shrunk. */
import fc from 'fast-check';
import { vi } from 'vitest';
import { Choices } from './choices.ts';

/** Every run of the tests draws the same. */
fc.configureGlobal({ seed: 1 });
vi.setConfig({ testTimeout: 60_000 }); // hundreds of draws take a while on a busy machine

export const choices = fc
  .array(fc.noBias(fc.nat(Choices.limit - 1)), { minLength: Choices.count, maxLength: Choices.count })
  .map((numbers) => new Choices(numbers));
