/** A checkpoint as a file for numpy: every vector and number of the run's state by its name, and the settings. */
import type { Course, SettingsFrom } from '../../catalog/course.ts';
import { readEvents, writeEvents } from '../../catalog/courseText.ts';
import { experiment as schema } from '../../catalog/experiment.ts';
import type { Memory } from '../../math/memory.ts';
import { isSame, type Problem, parse } from '../../settings/index.ts';
import type { Checkpoint, Past } from '../../worker/protocol.ts';
import { type Npy, readNpy, writeNpy } from './npy.ts';
import { takeStrings } from './strings.ts';
import { readZip, writeZip } from './zip.ts';

const say = takeStrings.checkpoint;

/** What is said of a run beside its state. */
export interface Told {
  /** The device that it was asked to play on. */
  readonly device: string;
  /** One for each entry of the point. */
  readonly names: readonly string[];
  /** The generator's parameters come first: so many. */
  readonly split: number;
  readonly link: string;
}

/** Grows when files are written that older pages could not read. */
const FORMAT = 1;
/** Between the names of a memory and of what is in it. */
const SLASH = '/';
const STATE = 'state';

/**
 * Members, as `numpy.load(file)` names them: `experiment` (JSON), `format`, `link`, `device`, `names` and `split` of the
 * point, `history` (JSON: the settings of the run's beginning, and what was done in it at which step, where that is
 * known), `seconds` of computing, and `state/...`: `state/point`, `state/step`, `state/memory/generator/...` with
 * numbers as arrays of no dimension. Memories without anything in them are listed by `empty`.
 */
export function writeCheckpoint(
  { experiment, state, seconds, past }: Checkpoint,
  told: Told,
): Uint8Array<ArrayBuffer> {
  const values = new Map<string, Npy>([
    ['format', FORMAT],
    ['experiment', JSON.stringify(experiment)],
    ['link', told.link],
    ['device', told.device],
    ['names', told.names],
    ['split', told.split],
  ]);
  const [first, ...later] = past?.settings ?? [];
  if (past && first?.step === 0) {
    const { experiment: begun } = first;
    const history = writeEvents({ settings: [first, ...later], alone: past.alone }, begun);
    if (history) values.set('history', JSON.stringify({ experiment: begun, history }));
  }
  if (seconds !== undefined) values.set('seconds', seconds);
  const empty: string[] = [];
  collect(state as unknown as Memory, STATE, values, empty);
  values.set('empty', empty);
  return writeZip([...values].map(([name, value]) => ({ name: `${name}.npy`, bytes: writeNpy(value) })));
}

function collect(memory: Memory, path: string, values: Map<string, Npy>, empty: string[]): void {
  const names = Object.keys(memory);
  if (names.length === 0) empty.push(path);
  for (const name of names) {
    const value = memory[name];
    const at = `${path}${SLASH}${name}`;
    if (typeof value === 'number' || value instanceof Float64Array) values.set(at, value);
    else collect(value, at, values, empty);
  }
}

/** Throws an Error whose sentence says what is wrong with the file. */
export async function readCheckpoint(
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Checkpoint & { readonly device: string }> {
  const values = new Map<string, Npy>();
  for (const { name, bytes: member } of await readZip(bytes)) {
    const bare = name.replace(/\.npy$/, '');
    values.set(bare, readNpy(member, bare));
  }
  const format = expected(values, 'format', isNumber);
  if (format > FORMAT) throw new Error(say.newer(format, FORMAT));
  const { values: experiment, problems } = parse(schema, parsed(expected(values, 'experiment', isText)));
  // Settings that are not quite the same make another run of it.
  if (problems.length > 0) throw new Error(say.settings(problems[0].message));
  const device = expected(values, 'device', isText);
  const state = stateOf(values);
  const step = expected(values, `${STATE}/step`, isNumber);
  if (!Number.isSafeInteger(step) || step < 0)
    throw new Error(say.kind(`${STATE}/step`, say.kinds.wholeNumber, String(step)));
  for (const name of ['evaluations', 'products']) expected(values, `${STATE}/${name}`, isNumber);
  expected(values, `${STATE}/point`, isVector);
  const seconds = values.get('seconds'); // files of older pages say nothing of them
  const past = pastIn(values.get('history'), { step, experiment });
  return {
    experiment,
    device,
    ...(past && { past }),
    state: state as unknown as Checkpoint['state'],
    ...(typeof seconds === 'number' && seconds >= 0 && { seconds }),
  };
}

/** What was done in the run; nothing of it is known where it does not lead to the checkpoint's settings. */
function pastIn(text: Npy | undefined, { step, experiment }: SettingsFrom): Past | undefined {
  if (typeof text !== 'string') return undefined;
  const problems: Problem[] = [];
  const raw = parsed(text) as { experiment?: unknown; history?: unknown } | null;
  const { values: begun, problems: found } = parse(schema, raw?.experiment);
  const plain: Course = { settings: [{ step: 0, experiment: begun }], alone: [] };
  const { settings, alone } = readEvents(raw?.history, begun, 'history', problems) ?? plain;
  const last = settings[settings.length - 1];
  const isOfThis = last.step <= step && isSame(schema, last.experiment, experiment);
  return found.length + problems.length === 0 && isOfThis ? { step, settings, alone } : undefined;
}

const isNumber = { kind: 'number', is: (value: Npy): value is number => typeof value === 'number' } as const;
const isText = { kind: 'text', is: (value: Npy): value is string => typeof value === 'string' } as const;
const isVector = {
  kind: 'vector',
  is: (value: Npy): value is Float64Array => value instanceof Float64Array,
} as const;

function expected<T extends Npy>(
  values: ReadonlyMap<string, Npy>,
  name: string,
  { kind, is }: { readonly kind: 'number' | 'text' | 'vector'; is(value: Npy): value is T },
): T {
  const value = values.get(name);
  if (value === undefined) throw new Error(say.missing(name));
  if (!is(value)) throw new Error(say.kind(name, say.kinds[kind], wordFor(value)));
  return value;
}

const wordFor = (value: Npy): string =>
  say.kinds[typeof value === 'number' ? 'number' : typeof value === 'string' ? 'text' : 'several'];

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(say.kind('experiment', say.kinds.json, say.kinds.other));
  }
}

function stateOf(values: ReadonlyMap<string, Npy>): Memory {
  const state: Memory = {};
  const empty = values.get('empty') ?? [];
  if (!Array.isArray(empty)) throw new Error(say.kind('empty', say.kinds.names, wordFor(empty)));
  for (const path of empty) memoryAt(state, path.split(SLASH).slice(1));
  for (const [path, value] of values) {
    const names = path.split(SLASH);
    if (names.shift() !== STATE) continue;
    const name = names.pop();
    if (name === undefined) continue;
    if (typeof value !== 'number' && !(value instanceof Float64Array))
      throw new Error(say.kind(path, say.kinds.vector, say.kinds.text));
    memoryAt(state, names)[name] = value;
  }
  return state;
}

/** The memory of that name, made on the way there; own properties only, whatever a file calls its members. */
function memoryAt(state: Memory, names: readonly string[]): Memory {
  let memory = state;
  for (const name of names) {
    const next = Object.hasOwn(memory, name) ? memory[name] : undefined;
    if (typeof next === 'number' || next instanceof Float64Array)
      throw new Error(say.kind(names.join(SLASH), say.kinds.memory, say.kinds.vector));
    if (next) memory = next;
    else {
      const made: Memory = {};
      Object.defineProperty(memory, name, { value: made, enumerable: true, writable: true });
      memory = made;
    }
  }
  return memory;
}
