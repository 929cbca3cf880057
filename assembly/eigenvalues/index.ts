/** What the solver exports; `src/math/eigen` drives it, a piece at a time. */
export { deflate, finishBlock, shiftCount, updateAbove } from './deflation';
export { gather, prepare, reduceColumn, updateRest, updateTop } from './hessenberg';
export { imaginaryParts, open, PANEL, realParts, rowBytes } from './layout';
export { begin, chase, exceptionalShifts, farColumn, farRow, updateAboveChain, updateRight } from './sweep';
export { tridiagonalizeRow, updateSymmetric } from './tridiagonal';
