/**
 * `npm run bench`: whole GAN steps of Saddle beside those of its peers, in one run, taking turns, with spread.
 * Options: --quick (under a minute, no Python), --json (one object on standard output), --only A,B. See README.md.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { schemes } from '../src/catalog/schemes/index.ts';
import { measureParts } from './parts.ts';
import { openStep, selectBackend } from './peers/tfjs.ts';
import { measureProducts } from './products.ts';
import { openPython } from './python.ts';
import { openRun } from './saddle.ts';
import { experimentOf, type Workload, workloads } from './workloads.ts';

const { values: options } = parseArgs({
  options: { quick: { type: 'boolean' }, json: { type: 'boolean' }, only: { type: 'string' } },
});
// Relaxed SIMD is behind a flag in Node 20; later ones have it and ignore the flag.
setFlagsFromString('--experimental-wasm-relaxed-simd');

/** How long each contestant is timed in one turn, and how many turns there are. */
const TURN_MS = options.quick ? 150 : 600;
const TURNS = options.quick ? 5 : 7;
/** Shorter steps are timed several at a time, so that the clock's grain does not count. */
const LEAST_TIMED_MS = 0.5;

const SADDLE = 'saddle wasm';
const PEER = 'tfjs wasm eager';

interface Contestant {
  readonly name: string;
  step(): void;
  dispose(): void;
}

const figure = (times: readonly number[]) => {
  const sorted = [...times].sort((x, y) => x - y);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))];
  return { ms: at(0.5), low: at(0), high: at(1) };
};
type Figure = ReturnType<typeof figure>;

/** Median ms of a step within one turn. */
async function turn({ step }: Contestant): Promise<number> {
  let together = 1;
  const times: number[] = [];
  const end = performance.now() + TURN_MS;
  do {
    const start = performance.now();
    for (let i = 0; i < together; i++) step();
    const took = performance.now() - start;
    times.push(took / together);
    if (took < LEAST_TIMED_MS) together *= 2;
    // Lets the engine's own compilers, which run beside us, hand over what they made.
    if (times.length % 16 === 0) await new Promise((resolve) => setTimeout(resolve, 0));
  } while (performance.now() < end);
  return figure(times).ms;
}

async function contestantsFor(workload: Workload): Promise<Contestant[]> {
  const open: [string, () => Promise<Omit<Contestant, 'name'>>][] = [
    [SADDLE, () => openRun(experimentOf(workload), 'wasm')],
    ['saddle wasm relaxed', () => openRun(experimentOf(workload), 'wasm-relaxed')],
    [PEER, async () => openStep(workload)],
  ];
  if (!options.quick) {
    open.push(['saddle reference', () => openRun(experimentOf(workload), 'reference')]);
    open.push(['saddle tfjs-cpu', () => openRun(experimentOf(workload), 'tfjs-cpu')]);
  }
  const contestants: Contestant[] = [];
  for (const [name, make] of open) {
    // Our tfjs device and the peer share tfjs's one current backend.
    if (name === PEER) await selectBackend('wasm');
    try {
      contestants.push({ name, ...(await make()) });
    } catch (error) {
      say(`${name}: left out, ${(error as Error).message}`);
    }
  }
  return contestants;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function race(workload: Workload): Promise<Record<string, Figure & { timesSaddle: Figure }>> {
  const contestants = await contestantsFor(workload);
  const turns = new Map(contestants.map(({ name }) => [name, [] as number[]]));
  for (let round = -1; round < TURNS; round++) {
    for (const contestant of contestants) {
      if (contestant.name === PEER) await selectBackend('wasm');
      if (contestant.name === 'saddle tfjs-cpu') await selectBackend('cpu');
      const ms = await turn(contestant);
      if (round >= 0) turns.get(contestant.name)?.push(ms); // the first round is a warm-up
    }
  }
  for (const contestant of contestants) contestant.dispose();
  const ours = turns.get(SADDLE) ?? [];
  return Object.fromEntries(
    [...turns].map(([name, times]) => [
      name,
      { ...figure(times), timesSaddle: figure(times.map((time, round) => time / ours[round])) },
    ]),
  );
}

/** Steps a second of the bilinear game with each scheme, simultaneous first. */
async function bilinear(): Promise<Record<string, number>> {
  const rates: Record<string, number> = {};
  const constant = { kind: 'sgd', learningRate: 0.01 };
  for (const { name } of schemes) {
    const run = await openRun(
      { game: 'bilinear', scheme: name, generator: constant, discriminator: constant },
      'reference',
    );
    run.advance(20_000);
    const best: number[] = [];
    for (let round = 0; round < TURNS; round++) {
      const start = performance.now();
      const taken = run.advance(1e9, TURN_MS / 3);
      best.push((1000 * taken) / (performance.now() - start));
    }
    rates[name] = figure(best).ms;
    run.dispose();
  }
  return rates;
}

const chosen = workloads.filter(({ name }) => !options.only || options.only.split(',').includes(name));
const python = options.quick
  ? []
  : [openPython('jax'), openPython('torch')].filter((peer) => peer !== undefined);
if (!options.quick && python.length === 0) say('Python peers: neither jax nor torch can be imported here');
const result = {
  machine: `${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}`,
  workloads: {} as Record<string, unknown>,
  bilinearStepsPerSecond: {} as Record<string, number>,
  products: {} as unknown,
};
say(`${result.machine}; medians of ${TURNS} turns of ${TURN_MS} ms each, taking turns`);
for (const workload of chosen) {
  say(`\n${workload.name}: ${workload.about}`);
  const figures = await race(workload);
  for (const peer of python) {
    const { ms, low, high } = await peer.measure(workload, (TURNS * TURN_MS) / 1000);
    const { ms: ours } = figures[SADDLE];
    figures[peer.name] = {
      ms,
      low,
      high,
      timesSaddle: { ms: ms / ours, low: low / ours, high: high / ours },
    };
  }
  for (const [name, { ms, low, high, timesSaddle }] of Object.entries(figures)) {
    const ratio = `${timesSaddle.ms.toFixed(2)} (${timesSaddle.low.toFixed(2)} to ${timesSaddle.high.toFixed(2)})`;
    say(
      `  ${name.padEnd(20)} ${ms.toFixed(4)} ms (${low.toFixed(4)} to ${high.toFixed(4)}), times Saddle's: ${ratio}`,
    );
  }
  const parts = await measureParts(workload, 'wasm', 2 * TURN_MS);
  const part = (name: keyof typeof parts) => `${name} ${parts[name].toFixed(4)}`;
  say(`  of a step on wasm, ms: ${part('draw')}, ${part('field')}, ${part('rule')}`);
  const saddle = figures[SADDLE]?.ms;
  const tfjs = figures[PEER]?.ms;
  result.workloads[workload.name] = {
    msPerStep: { saddle, tfjs },
    ratio: tfjs / saddle,
    parts,
    contestants: figures,
  };
}
for (const peer of python) peer.close();
if (!options.only) {
  result.bilinearStepsPerSecond = await bilinear();
  say('\nbilinear game, steps a second');
  for (const [name, rate] of Object.entries(result.bilinearStepsPerSecond)) {
    say(`  ${name.padEnd(20)} ${Math.round(rate).toLocaleString('en')}`);
  }
  const { peakGflops, products } = await measureProducts();
  result.products = { peakGflops, products };
  say(`\ndense products; registers alone reach ${peakGflops.toFixed(1)} GFLOP/s`);
  for (const { product, gflops, share } of products) {
    say(`  ${product.padEnd(32)} ${gflops.toFixed(1)} GFLOP/s, ${(100 * share).toFixed(0)} %`);
  }
}
if (options.json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
