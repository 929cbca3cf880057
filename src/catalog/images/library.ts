/** What was read from files, sets of pictures and their classifiers: who plays with one has it put here first. */

import type { ImageSize } from '../kinds.ts';
import type { Classifier } from './classifier.ts';

/** Pictures of one size with a class each. */
export interface Images extends ImageSize {
  readonly count: number;
  /** 0 (black) to 255, picture by picture, row by row, the channels of a pixel beside each other. */
  readonly pixels: Uint8Array;
  /** Index into `classes`. */
  readonly labels: Uint8Array;
  readonly classes: readonly string[];
}

const library = new Map<string, Images>();

/** From now on the file's pictures can be drawn from. */
export function keepImages(file: string, images: Images): void {
  library.set(file, images);
}

const classifiers = new Map<string, Classifier>();

export function keepClassifier(file: string, classifier: Classifier): void {
  classifiers.set(file, classifier);
}

export const isKept = (file: string): boolean => library.has(file) || classifiers.has(file);

/** Throws where it was not kept. */
export function classifierOf(file: string): Classifier {
  const classifier = classifiers.get(file);
  if (!classifier) throw new Error(`the classifier of ${file} is not loaded`);
  return classifier;
}

/** Throws where they were not kept. */
export function imagesOf(file: string): Images {
  const images = library.get(file);
  if (!images) throw new Error(`the pictures of ${file} are not loaded`);
  return images;
}

/** What is known of a packed file before it is read. */
export interface Packed extends ImageSize {
  readonly count: number;
  readonly classes: readonly string[];
}
