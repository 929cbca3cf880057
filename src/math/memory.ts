/** The plain state of a run: a tree of numbers and vectors, to copy, compare, perturb and send. */
export type Memory = { [name: string]: number | Float64Array | Memory };

/** A copy that shares no storage with `memory`. */
export function cloneMemory<M extends Memory>(memory: M): M {
  const copy: Memory = {};
  for (const name of Object.keys(memory)) {
    const value = memory[name];
    if (typeof value === 'number') copy[name] = value;
    else if (value instanceof Float64Array) copy[name] = value.slice();
    else copy[name] = cloneMemory(value);
  }
  return copy as M;
}

/**
 * Overwrites the numbers and vectors of `into` with those of `from`, without new storage; returns `into`.
 * Both must have the same names, kinds and lengths; throws an Error that names the first difference, and
 * then some of `into` may have been overwritten.
 */
export function copyMemory<M extends Memory>(from: M, into: M): M {
  copyTree(from, into);
  return into;
}

/**
 * `copyMemory`, prepared once: what is returned copies again and again, as long as both keep their vectors and
 * memories (their numbers may change). Walking the trees costs more than copying a small one.
 */
export function copier<M extends Memory>(from: M, into: M): () => void {
  copyMemory(from, into);
  const vectors: [from: Float64Array, into: Float64Array][] = [];
  const numbers: [from: Memory, into: Memory, name: string][] = [];
  (function collectPairs(source: Memory, place: Memory): void {
    for (const name of Object.keys(source)) {
      const value = source[name];
      if (typeof value === 'number') numbers.push([source, place, name]);
      else if (value instanceof Float64Array) vectors.push([value, place[name] as Float64Array]);
      else collectPairs(value, place[name] as Memory);
    }
  })(from, into);
  return () => {
    for (const [source, place] of vectors) {
      // A loop: `set` costs more than a short vector.
      if (source.length > 32) place.set(source);
      else for (let i = 0; i < source.length; i++) place[i] = source[i];
    }
    for (const [source, place, name] of numbers) place[name] = source[name];
  };
}

/** Overwrites what `into` has in common with `from`, by name, kind and length; the rest stays. Returns `into`. */
export function adoptMemory<M extends Memory>(from: Memory, into: M): M {
  for (const [name, value] of Object.entries(from)) {
    const place = into[name];
    if (typeof value === 'number') {
      if (typeof place === 'number') (into as Memory)[name] = value;
    } else if (value instanceof Float64Array) {
      if (place instanceof Float64Array && place.length === value.length) place.set(value);
    } else if (typeof place === 'object' && !(place instanceof Float64Array)) adoptMemory(value, place);
  }
  return into;
}

/** Whether one memory could be copied into the other: the same names, kinds and lengths. */
export function fits(from: Memory, into: Memory): boolean {
  try {
    copyMemory(from, cloneMemory(into));
    return true;
  } catch {
    return false;
  }
}

function copyTree(from: Memory, into: Memory): void {
  for (const name in from) {
    const value = from[name];
    const place = into[name];
    if (typeof value === 'number') {
      if (typeof place !== 'number') throw different(name, 'a number', place);
      into[name] = value;
    } else if (value instanceof Float64Array) {
      if (!(place instanceof Float64Array) || place.length !== value.length) {
        throw different(name, `a vector of ${value.length}`, place);
      }
      place.set(value);
    } else {
      if (typeof place !== 'object' || place instanceof Float64Array) {
        throw different(name, 'a memory', place);
      }
      copyTree(value, place);
    }
  }
  for (const name in into) if (!(name in from)) throw different(name, 'nothing', into[name]);
}

function different(name: string, expected: string, found: Memory[string] | undefined): Error {
  return new Error(`Memories differ at '${name}': ${expected} cannot be copied into ${kindOf(found)}.`);
}

function kindOf(value: Memory[string] | undefined): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'number') return 'a number';
  return value instanceof Float64Array ? `a vector of ${value.length}` : 'a memory';
}

/**
 * The vectors themselves (no copies), by name in code-unit order at every level, depth first: an order
 * that does not depend on how the memory was made.
 */
export function memoryVectors(memory: Memory): Float64Array[] {
  const vectors: Float64Array[] = [];
  collect(memory, vectors);
  return vectors;
}

function collect(memory: Memory, vectors: Float64Array[]): void {
  for (const name of Object.keys(memory).sort()) {
    const value = memory[name];
    if (value instanceof Float64Array) vectors.push(value);
    else if (typeof value !== 'number') collect(value, vectors);
  }
}

/** How many float64s the vectors of `memory` hold together; plain numbers are not counted. */
export function sizeOf(memory: Memory): number {
  let size = 0;
  for (const vector of memoryVectors(memory)) size += vector.length;
  return size;
}

/**
 * Writes the vectors one after the other, in the order of `memoryVectors`, into `out` (length
 * `sizeOf(memory)`; made when missing) and returns it. Plain numbers, such as a count of steps, stay
 * behind. Throws a RangeError when `out` has another length.
 */
export function packMemory(
  memory: Memory,
  out: Float64Array = new Float64Array(sizeOf(memory)),
): Float64Array {
  const vectors = memoryVectors(memory);
  checkLength(vectors, out);
  let start = 0;
  for (const vector of vectors) {
    out.set(vector, start);
    start += vector.length;
  }
  return out;
}

/**
 * Writes `values`, as `packMemory` made them, back into the vectors of `memory`, and returns `memory`.
 * Throws a RangeError when the length of `values` is not `sizeOf(memory)`.
 */
export function unpackMemory<M extends Memory>(memory: M, values: Float64Array): M {
  const vectors = memoryVectors(memory);
  checkLength(vectors, values);
  let start = 0;
  for (const vector of vectors) {
    vector.set(values.subarray(start, start + vector.length));
    start += vector.length;
  }
  return memory;
}

function checkLength(vectors: Float64Array[], values: Float64Array): void {
  let size = 0;
  for (const vector of vectors) size += vector.length;
  if (values.length !== size) {
    throw new RangeError(`The vectors of this memory hold ${size} values; got ${values.length}.`);
  }
}
