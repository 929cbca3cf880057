/** Decisions drawn by fast-check, so that whatever a test makes of them can be repeated and shrunk. */
import fc from 'fast-check';
import { Choices } from './choices.ts';

/** Every run of the tests draws the same. */
fc.configureGlobal({ seed: 1 });

export const choices = fc
  .array(fc.noBias(fc.nat(Choices.limit - 1)), { minLength: Choices.count, maxLength: Choices.count })
  .map((numbers) => new Choices(numbers));
