/** Dropped folders, as browsers tell of them: some entries at a time, and some that cannot be read. */
import { expect, test } from 'vitest';
import { filesOf } from '../../src/app/ownPictures/dropped.ts';

/** Browsers tell so many entries of a folder at a time. */
const BATCH = 100;

type Tree = { readonly [name: string]: Tree | 'file' | 'unreadable' };

function entryOf(name: string, tree: Tree[string], above = ''): FileSystemEntry {
  const fullPath = `${above}/${name}`;
  const about = { name, fullPath, isFile: typeof tree === 'string', isDirectory: typeof tree !== 'string' };
  const fail = (_: unknown, reject: (error: unknown) => void) => reject(new Error('gone'));
  if (tree === 'unreadable') return { ...about, file: fail, createReader: fail } as never;
  if (tree === 'file')
    return { ...about, file: (resolve: (file: File) => void) => resolve(new File([], name)) } as never;
  return {
    ...about,
    createReader() {
      const left = Object.entries(tree).map(([child, below]) => entryOf(child, below, fullPath));
      return { readEntries: (resolve: (some: unknown[]) => void) => resolve(left.splice(0, BATCH)) };
    },
  } as never;
}

const unreadableFolder = (name: string) =>
  ({
    name,
    fullPath: `/${name}`,
    isDirectory: true,
    createReader: () => ({
      readEntries: (_: unknown, reject: (error: unknown) => void) => reject(undefined),
    }),
  }) as never;

const dropOf = (entries: readonly (FileSystemEntry | null)[], files: readonly File[] = []) =>
  ({
    items: entries.map((entry) => ({ webkitGetAsEntry: () => entry })),
    files,
  }) as unknown as DataTransfer;

test('all files of dropped folders come, however deep and many, with their paths; what cannot be read does not', async () => {
  const many = Object.fromEntries(
    Array.from({ length: 2 * BATCH + 5 }, (_, i) => [`${i}.png`, 'file'] as const),
  );
  const found = await filesOf(
    dropOf([
      entryOf('all', {
        cats: { ...many, lost: 'unreadable' },
        dogs: { small: { 'a.png': 'file' } },
        none: {},
      }),
      unreadableFolder('locked'),
      entryOf('b.png', 'file'),
      null, // a piece of text that was dragged along
    ]),
  );
  expect(new Set(found.map(({ path }) => path))).toEqual(
    new Set([...Object.keys(many).map((name) => `all/cats/${name}`), 'all/dogs/small/a.png', 'b.png']),
  );
  expect(found.every(({ file, path }) => path.endsWith(file.name))).toBe(true);
});

test('files without folders are taken as they are', async () => {
  const file = new File(['x'], 'a.png');
  expect(await filesOf(dropOf([entryOf('a.png', 'file')], [file]))).toEqual([{ file, path: 'a.png' }]);
});
