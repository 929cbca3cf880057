/**
 * `npm run bench`: whole GAN steps of Saddle beside those of its peers, in one run, taking turns, with spread.
 * Options: --quick (about a minute, no Python), --json (one object on standard output), --only "A,B consensus",
 * --browser (in Chromium, with WebGL). See README.md.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { schemes } from '../src/catalog/schemes/index.ts';
import { readData } from '../src/cli/data.ts';
import { raceInBrowser } from './browser.ts';
import { measureParts } from './parts.ts';
import { openStep } from './peers/tfjs.ts';
import { selectBackend } from './peers/tfjsNode.ts';
import { measureProducts } from './products.ts';
import { openPython } from './python.ts';
import {
  type Contestant,
  checkSize,
  figure,
  linesOf,
  type Pace,
  type Result,
  race,
  type Stepper,
} from './race.ts';
import { openRun } from './saddle.ts';
import { measureSpectra } from './spectra.ts';
import { experimentOf, type Workload, workloads } from './workloads.ts';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean' },
    json: { type: 'boolean' },
    browser: { type: 'boolean' },
    only: { type: 'string' },
  },
});
// Relaxed SIMD is behind a flag in Node 20; later ones have it and ignore the flag.
setFlagsFromString('--experimental-wasm-relaxed-simd');

const PACE: Pace = options.quick ? { turnMs: 150, turns: 5 } : { turnMs: 600, turns: 7 };
const SADDLE = 'saddle wasm';
const PEER = 'tfjs wasm eager';
/** A contestant whose step takes longer than this is left out: its turns would be single steps. */
const LONGEST_STEP_MS = 1500;

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

type Opener = [name: string, open: () => Promise<Omit<Stepper, 'name'>>];

/** The peer, or our own tfjs device: tfjs has one current backend, so each makes its own current again. */
const onBackend =
  (backend: 'wasm' | 'cpu', open: () => Promise<Omit<Stepper, 'name' | 'prepare'>>) => async () => {
    const prepare = () => selectBackend(backend);
    await prepare();
    return { ...(await open()), prepare };
  };

async function contestantsFor(workload: Workload): Promise<Contestant[]> {
  const run = (device: string) => () => openRun(experimentOf(workload), device, readData);
  const peer = async () => openStep(workload);
  const openers: Opener[] = [
    [SADDLE, run('wasm')],
    ['saddle wasm relaxed', run('wasm-relaxed')],
    [PEER, onBackend('wasm', peer)],
  ];
  // In plain JavaScript one step of convolutions takes from seconds to minutes.
  if (!options.quick && !workload.shape.pictures?.channels) {
    openers.push(['saddle reference', run('reference')]);
    openers.push(['saddle tfjs-cpu', onBackend('cpu', run('tfjs-cpu'))]);
    openers.push(['tfjs cpu eager', onBackend('cpu', peer)]);
  }
  const contestants: Contestant[] = [];
  for (const [name, open] of openers) {
    try {
      const contestant = { name, ...(await open()) };
      checkSize(contestant.parameters, contestants[0]?.parameters);
      contestant.step(); // compiles
      const start = performance.now();
      contestant.step();
      const took = performance.now() - start;
      if (took < LONGEST_STEP_MS) contestants.push(contestant);
      else say(`  ${name}: left out, a step takes ${(took / 1000).toFixed(1)} s`);
    } catch (error) {
      say(`  ${name}: left out, ${(error as Error).message}`);
    }
  }
  return [...contestants, ...(await pythonFor(workload, contestants[0]?.parameters))];
}

/** The Python peers who can step a workload of so many parameters. */
async function pythonFor(workload: Workload, parameters: number | undefined): Promise<Contestant[]> {
  const contestants: Contestant[] = [];
  for (const peer of python) {
    try {
      const contestant = await peer.open(workload);
      checkSize(contestant.parameters, parameters);
      contestants.push(contestant);
    } catch (error) {
      say(`  ${peer.name}: left out, ${(error as Error).message}`);
    }
  }
  return contestants;
}

/** Steps a second of the bilinear game with each scheme. */
async function bilinear(): Promise<Record<string, number>> {
  const rates: Record<string, number> = {};
  const sgd = { kind: 'sgd', learningRate: 0.01 };
  for (const { name } of schemes) {
    const run = await openRun(
      { game: 'bilinear', scheme: name, generator: sgd, discriminator: sgd },
      'reference',
      readData,
    );
    run.advance(20_000);
    const perSecond: number[] = [];
    for (let round = 0; round < PACE.turns; round++) {
      const start = performance.now();
      const taken = run.advance(1e9, PACE.turnMs / 3);
      perSecond.push((1000 * taken) / (performance.now() - start));
    }
    rates[name] = figure(perSecond).ms;
    run.dispose();
  }
  return rates;
}

const chosen = workloads.filter(({ name }) => !options.only || options.only.split(',').includes(name));
const machine = `${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}`;
say(`${machine}; medians of ${PACE.turns} turns of ${PACE.turnMs} ms each, taking turns`);

const python = options.quick
  ? []
  : [openPython('jax'), openPython('torch')].filter((peer) => peer !== undefined);
if (!options.quick && python.length === 0) say('Python peers: neither jax nor torch can be imported here');

if (options.browser) {
  const results = await raceInBrowser(chosen, PACE, say, pythonFor);
  if (options.json) process.stdout.write(`${JSON.stringify({ machine, workloads: results }, null, 2)}\n`);
} else {
  const result = {
    machine,
    workloads: {} as Record<string, unknown>,
    bilinearStepsPerSecond: {} as Record<string, number>,
    products: {} as unknown,
    spectra: {} as unknown,
  };
  for (const workload of chosen) {
    say(`\n${workload.name}: ${workload.about}`);
    const contestants = await contestantsFor(workload);
    const parameters = contestants[0]?.parameters;
    const figures: Record<string, Result> = await race(contestants, PACE);
    say(`  ${parameters} parameters each`);
    for (const line of linesOf(figures)) say(line);
    const parts = await measureParts(workload, 'wasm', 2 * PACE.turnMs);
    const part = (name: keyof typeof parts) => `${name} ${parts[name].toFixed(4)}`;
    say(`  of a step on wasm, ms: ${part('draw')}, ${part('field')}, ${part('rule')}`);
    const saddle = figures[SADDLE]?.ms;
    const tfjs = figures[PEER]?.ms;
    result.workloads[workload.name] = {
      msPerStep: { saddle, tfjs },
      ratio: figures[PEER]?.timesFirst.ms,
      parts,
      contestants: figures,
      parameters,
    };
  }
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
    const spectra = await measureSpectra();
    result.spectra = spectra;
    say('\nspectra of the Jacobian on wasm');
    for (const { reading, ms, low, high, pieceMs, processorMs, products } of spectra) {
      const time = `${ms.toFixed(1)} ms (${low.toFixed(1)} to ${high.toFixed(1)})`;
      say(`  ${reading.padEnd(40)} ${time}, of the processor ${processorMs.toFixed(1)} ms`);
      say(`  ${''.padEnd(40)} ${products} products, longest piece ${pieceMs.toFixed(1)} ms`);
    }
  }
  if (options.json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
}
for (const peer of python) peer.close();
