/** What is loaded with the first experiment that needs it: linear systems of an operator solved, how domains are written, formulas read, pictures unpacked and networks of them written. */
export { gmres, ritzValues } from '../math/krylov.ts';
export { writeDomains } from './games/domainsCode.ts';
export { lossesOf, numbersUsed, sentenceOf } from './games/typedCode.ts';
export { readClassifier } from './images/classifier.ts';
export { chosen, fillFrom, storedIn } from './images/drawing.ts';
export * from './images/made.ts';
export { unpackOwn } from './images/ownFile.ts';
export { unpackImages } from './images/unpack.ts';
export { writeConvolutional } from './networks/filters.ts';
