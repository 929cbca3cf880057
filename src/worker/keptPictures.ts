/** Sets of one's own pictures that this browser keeps, in its IndexedDB: the page writes them, workers read them. */

const DATABASE = 'saddle.pictures';
const SETS = 'sets';
const CONTENTS = 'contents';
/** The oldest gives way to one more; a set has up to 31 MB. */
export const MOST_KEPT = 4;

/** What is known of a set without reading it. */
export interface Kept {
  /** As the setting names it. */
  readonly set: string;
  /** What the files were called. */
  readonly title: string;
  readonly count: number;
  /** Grows from set to set: the order in which they came. */
  readonly order: number;
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(SETS, { keyPath: 'set' });
    request.result.createObjectStore(CONTENTS);
  };
  return resultOf(request);
}

/** Runs `act` in one transaction and waits until all of it is written. */
async function within<T>(
  mode: IDBTransactionMode,
  act: (sets: IDBObjectStore, contents: IDBObjectStore) => Promise<T>,
): Promise<T> {
  const database = await open();
  try {
    const transaction = database.transaction([SETS, CONTENTS], mode);
    const done = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error('there is no room'));
    });
    done.catch(() => {}); // told by whoever waits for it below
    const result = await act(transaction.objectStore(SETS), transaction.objectStore(CONTENTS));
    await done;
    return result;
  } finally {
    database.close();
  }
}

const resultOf = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** The content of a set; undefined where it is not kept, or nothing can be. */
export const readKept = (set: string): Promise<Uint8Array | undefined> =>
  within('readonly', (_, contents) => resultOf<Uint8Array | undefined>(contents.get(set))).catch(
    () => undefined,
  );

/** All that are kept, the newest first; none where nothing can be kept. */
export async function listKept(): Promise<readonly Kept[]> {
  const all = await within('readonly', (sets) => resultOf<Kept[]>(sets.getAll())).catch(() => []);
  return all.sort((a, b) => b.order - a.order);
}

/** Keeps a set; the oldest go where there are too many. Rejects where the browser has no room for it. */
export const keep = (about: Omit<Kept, 'order'>, content: Uint8Array): Promise<void> =>
  within('readwrite', async (sets, contents) => {
    const all = (await resultOf<Kept[]>(sets.getAll())).filter(({ set }) => set !== about.set);
    all.sort((a, b) => b.order - a.order);
    for (const { set } of all.slice(MOST_KEPT - 1)) {
      sets.delete(set);
      contents.delete(set);
    }
    sets.put({ ...about, order: (all[0]?.order ?? 0) + 1 } satisfies Kept);
    contents.put(content, about.set);
  });
