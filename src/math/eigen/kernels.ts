/** Opens the compiled kernels of the dense eigenvalue solver, each time with a memory of its own. */
import { code } from './code.ts';

/** What assembly/eigenvalues exports; rows, columns and sizes are counted from 0, addresses in bytes. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly PANEL: WebAssembly.Global;
  open(order: number): number;
  rowBytes(): number;
  realParts(): number;
  imaginaryParts(): number;
  reduceColumn(panel: number, column: number): void;
  updateTop(panel: number, begin: number, end: number): void;
  gather(panel: number, begin: number, end: number): void;
  prepare(panel: number): void;
  updateRest(panel: number, begin: number, end: number): void;
  tridiagonalizeRow(panel: number, row: number): void;
  updateSymmetric(panel: number, begin: number, end: number): void;
  deflate(start: number, end: number, size: number): number;
  shiftCount(): number;
  updateAbove(begin: number, end: number, top: number): void;
  finishBlock(start: number, end: number): number;
  exceptionalShifts(start: number, end: number, most: number): number;
  begin(start: number, end: number, bulges: number): number;
  chase(from: number, to: number): void;
  farColumn(): number;
  farRow(): number;
  updateRight(from: number, to: number): void;
  updateAboveChain(from: number, to: number): void;
}

/** Kernels at work on one matrix. */
export interface Kernels {
  readonly run: Exports;
  /** Columns that are reduced together. */
  readonly panel: number;
  /** The matrix, row-major, `stride` entries a row; what is past the columns is zero and stays so. */
  readonly matrix: Float64Array;
  readonly stride: number;
  /** Where the eigenvalues are put. */
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Memory that is worth keeping for the next matrix: enough for some 350 rows. */
const KEPT_BYTES = 2 ** 21;

let compiled: WebAssembly.Module | null | undefined;
let idle: Exports | undefined;

/**
 * Compiled when it is first needed. Null where it cannot be: without SIMD, or on the main thread of a browser
 * that compiles nothing of this size there.
 */
function compile(): WebAssembly.Module | null {
  try {
    return new WebAssembly.Module(Uint8Array.from(atob(code), (letter) => letter.charCodeAt(0)));
  } catch {
    return null;
  }
}

/** Kernels with zeros for an n x n matrix; undefined where they cannot be compiled or memory does not suffice. */
export function openKernels(n: number): Kernels | undefined {
  if (compiled === undefined) compiled = compile();
  if (compiled === null) return undefined;
  try {
    const run = idle ?? (new WebAssembly.Instance(compiled).exports as unknown as Exports);
    idle = undefined;
    const address = run.open(n);
    if (address === 0) return undefined;
    const { buffer } = run.memory;
    const stride = run.rowBytes() / Float64Array.BYTES_PER_ELEMENT;
    return {
      run,
      panel: run.PANEL.value,
      matrix: new Float64Array(buffer, address, n * stride),
      stride,
      re: new Float64Array(buffer, run.realParts(), n),
      im: new Float64Array(buffer, run.imaginaryParts(), n),
    };
  } catch {
    return undefined;
  }
}

/** To be called when the answer has been copied; a large memory is left to the garbage collector. */
export function closeKernels({ run }: Kernels): void {
  if (run.memory.buffer.byteLength <= KEPT_BYTES) idle = run;
}
