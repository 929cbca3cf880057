/** Memory: copies are equal and separate, and the vectors of any tree survive being packed flat. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  cloneMemory,
  copier,
  copyMemory,
  fits,
  type Memory,
  memoryVectors,
  packMemory,
  sizeOf,
  unpackMemory,
} from '../../src/math/memory.ts';

const name = fc.stringMatching(/^[a-z][a-zA-Z]{0,5}$/);
const vector = fc.float64Array({ maxLength: 6 });
const memories: fc.Arbitrary<Memory> = fc.letrec<{ memory: Memory }>((tie) => ({
  memory: fc.dictionary(
    name,
    fc.oneof({ depthSize: 'small', withCrossShrink: true }, fc.double(), vector, tie('memory')),
    { maxKeys: 5, noNullPrototype: true },
  ) as fc.Arbitrary<Memory>,
})).memory;

/** The same structure with other names first: what a memory made in another order looks like. */
function reversed(memory: Memory): Memory {
  const out: Memory = {};
  for (const key of Object.keys(memory).reverse()) {
    const value = memory[key];
    out[key] = typeof value === 'number' || value instanceof Float64Array ? value : reversed(value);
  }
  return out;
}

/** The same structure, all zeros. */
function zeros(memory: Memory): Memory {
  const out: Memory = {};
  for (const [key, value] of Object.entries(memory)) {
    if (typeof value === 'number') out[key] = 0;
    else out[key] = value instanceof Float64Array ? new Float64Array(value.length) : zeros(value);
  }
  return out;
}

describe('memory', () => {
  test('a clone is equal and shares no vector', () => {
    fc.assert(
      fc.property(memories, (memory) => {
        const copy = cloneMemory(memory);
        expect(copy).toEqual(memory);
        const originals = new Set(memoryVectors(memory));
        expect(memoryVectors(copy).some((v) => originals.has(v))).toBe(false);
      }),
    );
  });

  test('copying makes the same structure equal, in the storage it had', () => {
    fc.assert(
      fc.property(memories, (memory) => {
        const into = zeros(memory);
        const storage = memoryVectors(into);
        expect(copyMemory(memory, into)).toBe(into);
        expect(into).toEqual(memory);
        expect(memoryVectors(into).every((v, i) => v === storage[i])).toBe(true);
      }),
    );
  });

  test('unpacking what was packed restores every vector, and leaves plain numbers alone', () => {
    fc.assert(
      fc.property(memories, (memory) => {
        const flat = packMemory(memory);
        expect(flat.length).toBe(sizeOf(memory));
        const other = copyMemory(memory, zeros(memory));
        for (const v of memoryVectors(other)) v.fill(3);
        expect(unpackMemory(other, flat)).toBe(other);
        expect(other).toEqual(memory);
      }),
    );
  });

  test('the order of packing does not depend on the order in which names were given', () => {
    fc.assert(
      fc.property(memories, (memory) => {
        expect(packMemory(reversed(memory))).toEqual(packMemory(memory));
      }),
    );
  });

  test('sizes count vectors only, and a given array is filled', () => {
    const memory = { steps: 3, b: new Float64Array([4]), a: { c: new Float64Array([1, 2]), n: 1 } };
    expect(sizeOf(memory)).toBe(3);
    const out = new Float64Array(3);
    expect(packMemory(memory, out)).toBe(out);
    expect(Array.from(out)).toEqual([1, 2, 4]);
  });

  test.each<[string, Memory, Memory]>([
    ['a missing name', { a: 1 }, {}],
    ['a name too many', {}, { a: 1 }],
    ['another length', { a: new Float64Array(2) }, { a: new Float64Array(3) }],
    ['a number for a vector', { a: new Float64Array(2) }, { a: 2 }],
    ['a vector for a memory', { a: {} }, { a: new Float64Array(2) }],
  ])('copying refuses %s, and says where', (_, from, into) => {
    expect(() => copyMemory(from, into)).toThrow("differ at 'a'");
  });

  test('packing and unpacking refuse another length', () => {
    const memory = { a: new Float64Array(2) };
    expect(() => packMemory(memory, new Float64Array(3))).toThrow(RangeError);
    expect(() => unpackMemory(memory, new Float64Array(1))).toThrow(RangeError);
  });

  test('a prepared copy is a copy, as often as it is asked for', () => {
    fc.assert(
      fc.property(memories, (memory) => {
        const into = zeros(memory);
        const copy = copier(memory, into);
        expect(into).toEqual(memory);
        for (const v of memoryVectors(memory)) v.fill(7);
        copy();
        expect(into).toEqual(memory);
        for (const v of memoryVectors(into)) v.fill(1);
        for (const v of memoryVectors(memory)) expect(v.every((value) => value === 7)).toBe(true);
      }),
    );
    const numbers = { steps: 1, inner: { weight: 0.5 }, long: new Float64Array(100).fill(2) };
    const into = { steps: 0, inner: { weight: 0 }, long: new Float64Array(100) };
    const copy = copier(numbers, into);
    numbers.steps = 2;
    numbers.inner.weight = 0.25;
    numbers.long[99] = 3;
    copy();
    expect(into).toEqual(numbers);
    expect(() => copier({ a: 1 }, {} as never)).toThrow("differ at 'a'");
  });

  test('fits says whether one could be copied into the other, and copies nothing', () => {
    const memory = { steps: 3, a: { c: new Float64Array([1, 2]) } };
    const same = { steps: 5, a: { c: new Float64Array(2) } };
    expect(fits(memory, same)).toBe(true);
    expect(same).toEqual({ steps: 5, a: { c: new Float64Array(2) } });
    for (const other of [
      {},
      { steps: 3 },
      { ...memory, more: 1 },
      { steps: 3, a: { c: new Float64Array(3) } },
    ]) {
      expect(fits(memory, other as Memory)).toBe(false);
      expect(fits(other as Memory, memory)).toBe(false);
    }
    expect(fits({}, {})).toBe(true);
  });
});
