/** All files of a drop, those in folders with their paths. */
import { MOST_OWN } from '../../catalog/images/ownNames.ts';
import { pathOf } from './offer.ts';
import type { PictureFile } from './source.ts';

/** Folders may hold other things as well; of more files than this the rest is not looked at. */
const MOST_FILES = 2 * MOST_OWN;

/** To be called while the event is told: what it carries is gone afterwards. */
export function filesOf({ items, files }: DataTransfer): Promise<readonly PictureFile[]> {
  const plain = Array.from(files, (file) => ({ file, path: pathOf(file) }));
  const entries = Array.from(items, (item) => item.webkitGetAsEntry?.() ?? null);
  if (!entries.some((entry) => entry?.isDirectory)) return Promise.resolve(plain);
  return walk(entries.filter((entry) => entry !== null));
}

async function walk(roots: readonly FileSystemEntry[]): Promise<readonly PictureFile[]> {
  const found: PictureFile[] = [];
  const left = [...roots];
  for (let entry = left.pop(); entry && found.length < MOST_FILES; entry = left.pop()) {
    if (entry.isDirectory) {
      const reader = (entry as FileSystemDirectoryEntry).createReader();
      // It tells some of them at a time, and none at the end.
      for (;;) {
        const some = await new Promise<FileSystemEntry[]>((resolve) =>
          reader.readEntries(resolve, () => resolve([])),
        );
        if (some.length === 0) break;
        left.push(...some);
      }
    } else {
      const one = entry as FileSystemFileEntry;
      const file = await new Promise<File | undefined>((resolve) =>
        one.file(resolve, () => resolve(undefined)),
      );
      if (file) found.push({ file, path: entry.fullPath.replace(/^\//, '') });
    }
  }
  return found;
}
