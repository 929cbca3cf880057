/** A matrix that is block triangular, up to the order of its rows, has the eigenvalues of its diagonal blocks. */

/** Rows looked at before the caller may pause. */
const ROWS_AT_ONCE = 256;

/**
 * The indices of the blocks of an n x n matrix: the strongly connected components of the graph that has an edge
 * from i to j where entry (i, j) is not zero (Tarjan 1972). Yields 0 now and then.
 */
export function* irreducibleBlocks(a: Float64Array, n: number): Generator<number, number[][], void> {
  if (isFullCross(a, n)) return [Array.from({ length: n }, (_, i) => i)];
  const blocks: number[][] = [];
  /** When each index was met, counted from 1, and the earliest met that it can reach; 0 before. */
  const met = new Int32Array(n);
  const reach = new Int32Array(n);
  /** The next entry of its row that each index is to look at. */
  const next = new Int32Array(n);
  /** Met, but not yet in a block; and the path from the root to the index at work. */
  const open: number[] = [];
  const path: number[] = [];
  const isOpen = new Uint8Array(n);
  let count = 0;
  let looked = 0;
  const meet = (i: number) => {
    met[i] = reach[i] = ++count;
    isOpen[i] = 1;
    open.push(i);
    path.push(i);
  };
  for (let root = 0; root < n; root++) {
    if (met[root] === 0) meet(root);
    while (path.length > 0) {
      const i = path[path.length - 1];
      let j = next[i];
      for (; j < n; j++) {
        if (a[i * n + j] === 0 || j === i) continue;
        if (met[j] === 0) break;
        if (isOpen[j] === 1 && met[j] < reach[i]) reach[i] = met[j];
      }
      next[i] = j + 1;
      if (j < n) {
        meet(j);
        continue;
      }
      path.pop();
      if (path.length > 0) {
        const before = path[path.length - 1];
        if (reach[i] < reach[before]) reach[before] = reach[i];
      }
      if (reach[i] === met[i]) {
        const block = open.splice(open.lastIndexOf(i));
        for (const member of block) isOpen[member] = 0;
        blocks.push(block.sort((p, q) => p - q));
      }
      if (++looked % ROWS_AT_ONCE === 0) yield 0;
    }
  }
  return blocks;
}

/** Whether the first row and column have no zero, as those of most dense matrices: then all is one block. */
function isFullCross(a: Float64Array, n: number): boolean {
  for (let i = 1; i < n; i++) if (a[i] === 0 || a[i * n] === 0) return false;
  return n > 0;
}

/** The rows and columns of a block, contiguous. */
export function blockOf(a: Float64Array, n: number, indices: readonly number[]): Float64Array {
  const m = indices.length;
  if (m === n) return a;
  const out = new Float64Array(m * m);
  for (let i = 0; i < m; i++) for (let j = 0; j < m; j++) out[i * m + j] = a[indices[i] * n + indices[j]];
  return out;
}
