/** Labels of pictures that lie in folders: the name of the folder that each lies in. */
import { MOST_CLASSES } from '../ownNames.ts';

/**
 * Of paths such as `animals/cat/1.png`: the folders' names in their order, and each path's own. Nothing where all lie
 * in one folder, or in more than can be labels.
 */
export function foldersOf(
  paths: readonly string[],
): { labels: Uint8Array; classes: readonly string[] } | undefined {
  const folders = paths.map((path) => path.split('/').at(-2) ?? '');
  const classes = [...new Set(folders)].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  if (classes.length < 2 || classes.length > MOST_CLASSES) return undefined;
  return { labels: Uint8Array.from(folders, (folder) => classes.indexOf(folder)), classes };
}
