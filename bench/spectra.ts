/** Spectra of the Jacobian, as the probes read them: ms of whole readings, and of the longest piece of each. */
import { leadingSpectrum } from '../src/analysis/leadingSpectrum.ts';
import type { Work } from '../src/analysis/probe.ts';
import { spectrum } from '../src/analysis/spectrum.ts';
import { experiment } from '../src/catalog/experiment.ts';
import { numerics } from '../src/catalog/presets/numerics.ts';
import { openDevice } from '../src/engine/devices.ts';
import { momentOf } from '../src/engine/frame.ts';
import { openSession } from '../src/engine/session.ts';
import { defaults, parse } from '../src/settings/index.ts';
import { type Figure, figure } from './race.ts';
import { experimentOf, workloads } from './workloads.ts';

/** Where the run is looked at: past its first turns, before anything has converged. */
const STEPS = 2000;
const READINGS = 12;

export interface SpectrumFigure extends Figure {
  readonly reading: string;
  /** Longest time that training waits for a piece, in ms: the median over the readings. */
  readonly pieceMs: number;
  /** Processor time of the quickest reading, in ms: what the machine gives to others does not count. */
  readonly processorMs: number;
  readonly products: number;
}

async function measure(
  reading: string,
  begin: () => Work<unknown>,
  productsOf: (found: unknown) => number,
): Promise<SpectrumFigure> {
  const times: number[] = [];
  const pieces: number[] = [];
  let products = 0;
  let processorMs = Number.POSITIVE_INFINITY;
  for (let round = -2; round < READINGS; round++) {
    const work = begin();
    let longest = 0;
    const usedBefore = process.cpuUsage();
    const start = performance.now();
    for (let before = start; ; ) {
      const { done, value } = work.next();
      const now = performance.now();
      longest = Math.max(longest, now - before);
      before = now;
      if (!done) continue;
      products = productsOf(value);
      break;
    }
    const took = performance.now() - start;
    const { user, system } = process.cpuUsage(usedBefore);
    processorMs = Math.min(processorMs, (user + system) / 1000);
    if (round >= 0) times.push(took);
    if (round >= 0) pieces.push(longest);
    await new Promise((resolve) => setTimeout(resolve, 3)); // lets the compiler catch up
  }
  return { reading, ...figure(times), pieceMs: figure(pieces).ms, processorMs, products };
}

/** A run of some steps on the wasm device, and where it stands. */
async function momentAfter(raw: Record<string, unknown>) {
  const session = openSession(parse(experiment, raw).values, await openDevice('wasm'));
  session.advance(STEPS);
  return { moment: momentOf(session), dispose: () => session.dispose() };
}

/** Twenty leading eigenvalues of the paper's toy in every order, and all eigenvalues of workload C. */
export async function measureSpectra(): Promise<SpectrumFigure[]> {
  const figures: SpectrumFigure[] = [];
  const large = await momentAfter(numerics.experiment);
  const standard = defaults(leadingSpectrum.settings);
  for (const wanted of ['magnitude', 'largestReal', 'smallestReal', 'largestImaginary'] as const) {
    figures.push(
      await measure(
        `${standard.count} leading of ${large.moment.scene.size}, ${wanted}`,
        () => leadingSpectrum.work(large.moment, { ...standard, wanted }),
        (found) => (found as { products: number }).products,
      ),
    );
  }
  large.dispose();
  const small = await momentAfter(experimentOf(workloads.find(({ name }) => name === 'C')!));
  const { size } = small.moment.scene;
  figures.push(
    await measure(
      `all ${size} of ${size}`,
      () => spectrum.work(small.moment, defaults(spectrum.settings)),
      () => size,
    ),
  );
  small.dispose();
  return figures;
}
