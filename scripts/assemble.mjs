/** `npm run assemble`: compiles the dense eigenvalue solver's kernels and writes them to src/math/eigen/code.ts. */
import { writeFileSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = fileURLToPath(new URL('..', import.meta.url));
const written = fileURLToPath(new URL('../src/math/eigen/code.ts', import.meta.url));
const LINE = 100;

/** The text of code.ts as the compiler makes it now. */
export async function assemble() {
  let bytes;
  const { error, stderr } = await asc.main(
    [
      'assembly/eigenvalues/index.ts',
      ...['--baseDir', root, '--outFile', 'eigenvalues.wasm', '-O3', '--runtime', 'stub', '--enable', 'simd'],
      // No checks of array bounds, for there are no arrays; addresses are 32-bit numbers like all others.
      ...['--noAssert', '--use', 'abort=', '--disableWarning', '201'],
    ],
    {
      writeFile(_name, contents) {
        bytes = contents;
      },
    },
  );
  if (error) throw new Error(`${error.message}\n${stderr}`);
  const lines = Buffer.from(bytes)
    .toString('base64')
    .match(new RegExp(`.{1,${LINE}}`, 'g'));
  return [
    '/** The compiled kernels of assembly/eigenvalues, written by `npm run assemble`; do not edit. */',
    `export const code =`,
    `${lines.map((line) => `  '${line}'`).join(' +\n')};`,
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(written, await assemble());
