/** Reads the files that games are played with, from the project's own folder. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ownSetOf } from '../catalog/images/ownNames.ts';
import type { ReadFile } from '../engine/prepare.ts';

const FOLDER = join(import.meta.dirname, '../../public/data');

export const readData: ReadFile = async (file) => {
  if (ownSetOf(file) !== undefined) {
    throw new Error('pictures of your own are kept in the browser where they were dropped: play them there');
  }
  return new Uint8Array(await readFile(join(FOLDER, file)));
};
