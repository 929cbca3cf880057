/**
 * `npm run bench:eigenvalues`: all eigenvalues of a dense random matrix, beside numpy's (LAPACK's dgeev), in one run,
 * taking turns, with spread; of a symmetric one beside eigvalsh. Options: --quick (no n = 1000), --json. See README.md.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { eigenvalues, eigenvaluesSymmetric, startEigenvalues } from '../src/math/eigenvalues.ts';
import { stream } from '../src/math/random.ts';
import { type NumpyTask, openNumpy } from './python.ts';
import { type Figure, figure } from './race.ts';

const { values: options } = parseArgs({
  options: { quick: { type: 'boolean' }, json: { type: 'boolean' } },
});

const SIZES = options.quick ? [115, 200, 500] : [115, 200, 500, 1000];
/** A contestant's turn lasts about so long, and has one run at least. */
const TURN_MS = 150;
const TURNS = 7;
/** Runs before the turns count: the engine compiles what it runs often. */
const WARM_UP = 3;
const LARGEST_PIECE_SIZES = options.quick ? [1000] : [1000, 2500];

const ours: Record<NumpyTask, (matrix: Float64Array, n: number) => unknown> = {
  eigvals: eigenvalues,
  eigvalsh: eigenvaluesSymmetric,
};

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

const randomMatrix = (n: number) => stream(1, 'matrix', n).normals(new Float64Array(n * n));

/** Lets the engine's own compilers, which run beside us, hand over what they made. */
const breathe = () => new Promise((resolve) => setTimeout(resolve, 5));

/** Median ms of a run within one turn. */
function turn(run: () => void): number {
  const times: number[] = [];
  const end = performance.now() + TURN_MS;
  do {
    const start = performance.now();
    run();
    times.push(performance.now() - start);
  } while (performance.now() < end);
  return figure(times).ms;
}

/** The median and the largest ms between two yields. */
function pieces(n: number): Figure {
  const computation = startEigenvalues(randomMatrix(n), n);
  const times: number[] = [];
  for (let start = performance.now(), done: boolean | undefined = false; !done; start = performance.now()) {
    done = computation.next().done;
    times.push(performance.now() - start);
  }
  return figure(times);
}

const spread = ({ ms, low, high }: Figure, digits: number) =>
  `${ms.toFixed(digits)} (${low.toFixed(digits)} to ${high.toFixed(digits)})`;

const machine = `${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}`;
say(`${machine}; medians of ${TURNS} turns of ${TURN_MS} ms or one run, taking turns`);
const numpy = openNumpy();
if (!numpy) say('numpy cannot be imported here: only our own times');
const results: Record<string, unknown> = {};
for (const task of ['eigvals', 'eigvalsh'] as const) {
  say(`\n${task}: ms of ours${numpy ? ", of numpy's, and how many times as long ours takes" : ''}`);
  for (const n of SIZES) {
    const matrix = randomMatrix(n);
    for (let i = 0; i < WARM_UP; i++) {
      ours[task](matrix, n);
      await breathe();
    }
    await numpy?.measure(task, n, 0);
    const times: number[] = [];
    const peerTimes: number[] = [];
    for (let round = 0; round < TURNS; round++) {
      times.push(turn(() => ours[task](matrix, n)));
      if (numpy) peerTimes.push(await numpy.measure(task, n, TURN_MS / 1000));
    }
    const our = figure(times);
    const peer = figure(peerTimes);
    const ratio = figure(times.map((ms, round) => ms / peerTimes[round]));
    results[`${task} ${n}`] = numpy ? { ours: our, numpy: peer, ratio } : { ours: our };
    const beside = numpy ? `   ${spread(peer, 2)}   ${spread(ratio, 2)}` : '';
    say(`  ${String(n).padEnd(5)} ${spread(our, 2)}${beside}`);
  }
}
numpy?.close();

say('\nto be resumed: ms between two yields, the median, least and largest');
for (const n of LARGEST_PIECE_SIZES) {
  const piece = pieces(n);
  results[`piece ${n}`] = piece;
  say(`  ${String(n).padEnd(5)} ${spread(piece, 2)}`);
}
if (options.json) process.stdout.write(`${JSON.stringify({ machine, results }, null, 2)}\n`);
