/** Contestants take turns at the same work: medians with spread, ratios turn by turn. Runs in Node and in a page. */

interface Anyone {
  readonly name: string;
  /** How many numbers it learns: the same for all, or they do not do the same work. */
  readonly parameters: number;
  /** Called before each of its turns, for those who share something. */
  prepare?(): Promise<void>;
  dispose(): void;
}

/** One whose steps are taken, and timed, here. */
export interface Stepper extends Anyone {
  step(): void;
}

/** One in a process of its own, which times itself: it steps for so long, and says the median ms of a step. */
export interface Remote extends Anyone {
  turn(turnMs: number): Promise<number>;
}

export type Contestant = Stepper | Remote;

/** The median, the least and the largest of some times. */
export interface Figure {
  readonly ms: number;
  readonly low: number;
  readonly high: number;
}

export interface Result extends Figure {
  /** How many times as long as the first contestant's step. */
  readonly timesFirst: Figure;
}

export interface Pace {
  /** How long a contestant is timed in one turn, and how many turns count. */
  readonly turnMs: number;
  readonly turns: number;
}

/** Shorter steps are timed several at a time, so that the clock's grain does not count. */
const LEAST_TIMED_MS = 0.5;

export function figure(times: readonly number[]): Figure {
  const sorted = [...times].sort((x, y) => x - y);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))];
  return { ms: at(0.5), low: at(0), high: at(1) };
}

/** Throws where a contestant learns another number of parameters than the first one. */
export function checkSize(parameters: number, first: number | undefined): void {
  if (first !== undefined && parameters !== first) throw new Error(`${parameters} parameters, not ${first}`);
}

/** Lets the engine's own compilers, which run beside us, hand over what they made. */
const breathe = () => new Promise((resolve) => setTimeout(resolve, 0));

/** Median ms of a step within one turn. */
async function turn({ step }: Stepper, turnMs: number): Promise<number> {
  let together = 1;
  const times: number[] = [];
  const end = performance.now() + turnMs;
  do {
    const start = performance.now();
    for (let i = 0; i < together; i++) step();
    const took = performance.now() - start;
    times.push(took / together);
    if (took < LEAST_TIMED_MS) together *= 2;
    if (times.length % 16 === 0) await breathe();
  } while (performance.now() < end);
  return figure(times).ms;
}

/** All of them around the table, once to warm up and then `turns` times; they are disposed of in the end. */
export async function race(
  contestants: readonly Contestant[],
  { turnMs, turns }: Pace,
): Promise<Record<string, Result>> {
  const times = contestants.map(() => [] as number[]);
  for (let round = -1; round < turns; round++) {
    for (const [i, contestant] of contestants.entries()) {
      await contestant.prepare?.();
      const ms = await ('turn' in contestant ? contestant.turn(turnMs) : turn(contestant, turnMs));
      if (round >= 0) times[i].push(ms);
    }
  }
  for (const contestant of contestants) contestant.dispose();
  return Object.fromEntries(
    contestants.map(({ name }, i) => [
      name,
      { ...figure(times[i]), timesFirst: figure(times[i].map((ms, round) => ms / times[0][round])) },
    ]),
  );
}

/** One line of text for each contestant. */
export function linesOf(results: Readonly<Record<string, Result>>): string[] {
  return Object.entries(results).map(([name, { ms, low, high, timesFirst: times }]) => {
    const ratio = `${times.ms.toFixed(2)} (${times.low.toFixed(2)} to ${times.high.toFixed(2)})`;
    return `  ${name.padEnd(20)} ${ms.toFixed(4)} ms (${low.toFixed(4)} to ${high.toFixed(4)}), times the first: ${ratio}`;
  });
}
