/** What is loaded with the first experiment that needs it: adjustments and schemes that solve systems, what a foreseen player does, how domains and games of many dimensions are written, formulas read, pictures unpacked and networks of them written. */
export { adjustByConsensus } from './adjustments/consensusCode.ts';
export { adjustByNewton } from './adjustments/newtonCode.ts';
export { foreseeUnrolled } from './foresights/unrolledCode.ts';
export { writeCovariance } from './games/covarianceCode.ts';
export { writeDomains } from './games/domainsCode.ts';
export { writeRandomQuadratic, writeShiftedBilinear } from './games/linearCode.ts';
export { writeRockPaperScissors } from './games/matrixCode.ts';
export { writeStochasticBilinear } from './games/stochasticBilinearCode.ts';
export { lossesOf, numbersUsed, sentenceOf } from './games/typedCode.ts';
export { readClassifier } from './images/classifier.ts';
export { chosen, fillFrom, storedIn } from './images/drawing.ts';
export * from './images/made.ts';
export { unpackOwn } from './images/ownFile.ts';
export { unpackImages } from './images/unpack.ts';
export { writeConvolutional } from './networks/filters.ts';
export { stepCompetitively } from './schemes/competitiveCode.ts';
export { stepProximally } from './schemes/proximalCode.ts';
