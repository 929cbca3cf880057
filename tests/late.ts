/** Before any test of a file: the code of games that few links open. */
import { loadLate } from '../src/catalog/late.ts';

await loadLate();
