/**
 * Writes the scripts of all cases and the runs that they repeat into a folder, to be compared on any machine with
 * Python: `npx tsx tests/script/write.ts FOLDER torch`, then `python3 tests/script/compare.py FOLDER`.
 */
import type { Flavour } from '../../src/script/index.ts';
import { writeCases } from './cases.ts';

const [folder, flavour = 'torch'] = process.argv.slice(2);
if (!folder) throw new Error('expected the name of a folder');
const written = writeCases(folder, flavour as Flavour);
console.log(`${written.size} scripts`);
