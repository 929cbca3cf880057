/** Files that are opened with a button or dropped on the page: each goes to the first opener that takes it. */
import { problem } from '../settings/parse.ts';
import { holdsFiles } from './controls/useDropZone.ts';
import { pointsFiles } from './data/opener.ts';
import { filesOf } from './ownPictures/dropped.ts';
import { openPictureFiles } from './ownPictures/offer.ts';
import { pictureFiles } from './ownPictures/opener.ts';
import type { Page } from './page.ts';
import { experimentFiles } from './share/opener.ts';
import { say } from './share/strings.ts';
import { checkpoints } from './take/opener.ts';
import { NotLoaded } from './unloaded.ts';

/** Opens one kind of file. To open another kind, write one of these and add it to the list below. */
export interface Opener {
  /** What it opens, for a sentence: `experiment (.json)`. */
  readonly kind: string;
  /** Names and types for a file picker: `.json,application/json`. */
  readonly types: string;
  /** Decides by name, type and size: nothing has been read yet. */
  accepts(file: File): boolean;
  /** Says what is wrong with `page.complain`, and then leaves alone what is open. May load code of its own. */
  open(file: File, page: Page): Promise<void>;
}

/** Asked in this order. */
export const openers: readonly Opener[] = [experimentFiles, checkpoints, pointsFiles, pictureFiles];

/** Opens a file, or says which kinds can be opened. Never throws. */
export async function openFile(file: File, page: Page): Promise<void> {
  const found = say.dropFound(file.name.slice(0, 60));
  try {
    const opener = openers.find((each) => each.accepts(file));
    if (opener) await opener.open(file, page);
    else {
      const kinds = openers.map(({ kind }) => kind);
      page.complain([
        problem(say.file.name, 'should be', say.dropUnknown(kinds.join(', ')), found, say.stays, kinds),
      ]);
    }
  } catch (error) {
    if (error instanceof NotLoaded)
      page.store.setState({ unloaded: { what: 'file', again: () => void openFile(file, page) } });
    // Gone meanwhile, or not to be read.
    else page.complain([problem(say.file.name, 'should be', say.unread, found, say.stays)]);
  }
}

async function openPictures(data: DataTransfer, page: Page): Promise<void> {
  const files = await filesOf(data); // asked for while the event is told
  const some = files.filter(({ file }) => pictureFiles.accepts(file));
  if (some.length > 0) return openPictureFiles(some, page);
  const file = files[0]?.file;
  if (file) await openFile(file, page);
}

/** Takes files that are dropped anywhere on the page; while one is held over it, `data-drop` says so. */
export function listenToDrops(page: Page): () => void {
  const root = document.documentElement;
  const over = (event: DragEvent) => {
    if (event.defaultPrevented || !holdsFiles(event)) return;
    event.preventDefault(); // or the browser would leave the page for the file
    root.dataset.drop = say.drop;
  };
  const leave = (event: DragEvent) => {
    if (event.relatedTarget === null) delete root.dataset.drop;
  };
  const drop = (event: DragEvent) => {
    delete root.dataset.drop;
    if (event.defaultPrevented || !holdsFiles(event)) return;
    event.preventDefault();
    const data = event.dataTransfer as DataTransfer;
    const [file] = data.files;
    // Pictures come as many files, or as folders.
    if (!file || pictureFiles.accepts(file) || !openers.some((each) => each.accepts(file)))
      void openPictures(data, page);
    else void openFile(file, page);
  };
  addEventListener('dragover', over);
  addEventListener('dragleave', leave);
  addEventListener('drop', drop);
  return () => {
    removeEventListener('dragover', over);
    removeEventListener('dragleave', leave);
    removeEventListener('drop', drop);
    delete root.dataset.drop;
  };
}
