/** Pictures on their way from files to the game: read, looked at, changed in size, and used. One for each page. */
import type { Images } from '../../catalog/images/library.ts';
import { nameOf, packOwn } from '../../catalog/images/ownFile.ts';
import { Unreadable } from '../../catalog/images/readers/frames.ts';
import { keep } from '../../worker/keptPictures.ts';
import type { Page } from '../page.ts';
import { change } from '../store.ts';
import { type Choice, type Made, openSource, type PictureFile, type Source } from './source.ts';
import { ownStrings as say } from './strings.ts';

export type State =
  | { readonly stage: 'none' }
  | { readonly stage: 'reading'; readonly title: string; readonly share: number }
  | { readonly stage: 'refused'; readonly sentence: string }
  | {
      readonly stage: 'ready';
      readonly source: Source;
      readonly choice: Choice;
      /** As last chosen; what was made before is there until then. */
      readonly made?: Made;
      /** How far another choice is made. */
      readonly share?: number;
    }
  | { readonly stage: 'used'; readonly title: string; readonly count: number };

export interface Offer {
  readonly state: State;
  subscribe(listener: () => void): () => void;
  /** Never rejects: what is wrong is said in the state. */
  open(files: readonly PictureFile[]): Promise<void>;
  choose(choice: Choice): Promise<void>;
  /** Plays with what was made, and keeps it in this browser. */
  use(): Promise<void>;
  leave(): void;
}

const offers = new WeakMap<Page['store'], Offer>();

export function offerOf(page: Page): Offer {
  let offer = offers.get(page.store);
  if (!offer) {
    offer = openOffer(page);
    offers.set(page.store, offer);
  }
  return offer;
}

/** Takes files that were dropped anywhere. What is played goes on, whatever it is, until they are used. */
export async function openPictureFiles(files: readonly PictureFile[], page: Page): Promise<void> {
  const offer = offerOf(page);
  await offer.open(files);
  if (isSeen()) return;
  const { state } = offer;
  const message =
    state.stage === 'refused'
      ? say.refused(state.sentence)
      : state.stage === 'ready'
        ? say.unseen
        : undefined;
  if (message) page.complain([{ path: '', expected: say.file.kinds, found: '', message }]);
}

/** Whether the column that they are shown in is there: links and presentations hide it. */
const isSeen = () => (document.querySelector('.column.game')?.getClientRects().length ?? 0) > 0;

/** The folders of a chosen folder come with its files. */
export const pathOf = (file: File) => file.webkitRelativePath || file.name;

function openOffer(page: Page): Offer {
  let state: State = { stage: 'none' };
  let running = new AbortController();
  const listeners = new Set<() => void>();
  const tell = (next: State) => {
    state = next;
    for (const listener of listeners) listener();
  };
  /** What was under way is given up. */
  const begin = () => {
    running.abort();
    running = new AbortController();
    return running.signal;
  };
  /** What goes wrong on a way that was given up is not told. */
  const refuse = (signal: AbortSignal, error: unknown) => {
    if (signal.aborted) return;
    const sentence = error instanceof Unreadable ? error.message : say.changed;
    tell({ stage: 'refused', sentence });
  };
  async function make(source: Source, choice: Choice, before: Made | undefined, signal: AbortSignal) {
    tell({ stage: 'ready', source, choice, made: before, share: 0 });
    const made = await source.make(
      choice,
      (share) => !signal.aborted && tell({ stage: 'ready', source, choice, made: before, share }),
      signal,
    );
    if (!signal.aborted) tell({ stage: 'ready', source, choice, made });
  }
  return {
    get state() {
      return state;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async open(files) {
      const signal = begin();
      const title = files.length === 1 ? files[0].file.name : say.file.several(files.length);
      tell({ stage: 'reading', title, share: 0 });
      try {
        const source = await openSource(
          files,
          (share) => !signal.aborted && tell({ stage: 'reading', title, share }),
        );
        if (!signal.aborted) await make(source, source.guess, undefined, signal);
      } catch (error) {
        refuse(signal, error);
      }
    },
    async choose(choice) {
      if (state.stage !== 'ready') return;
      const { source, made } = state;
      const signal = begin();
      await make(source, choice, made, signal).catch((error) => refuse(signal, error));
    },
    async use() {
      if (state.stage !== 'ready' || !state.made || state.share !== undefined) return;
      const { source, made } = state;
      const signal = begin();
      const sentence = await put(page, made.images, source.title);
      if (signal.aborted) return;
      tell(
        sentence
          ? { stage: 'refused', sentence }
          : { stage: 'used', title: source.title, count: made.images.count },
      );
    },
    leave() {
      begin();
      tell({ stage: 'none' });
    },
  };
}

/** Keeps a set and plays with it; a sentence where that is not possible. */
async function put(page: Page, images: Images, title: string): Promise<string | undefined> {
  if (!globalThis.crypto?.subtle) return say.noChecksum;
  const bytes = packOwn(images);
  const set = await nameOf(images, bytes);
  try {
    await keep({ set, title, count: images.count }, bytes);
  } catch {
    return say.noRoom;
  }
  const { store } = page;
  const dataset = { kind: 'own', set, only: [], most: 0 };
  if (store.getState().experiment.game.kind === 'images') change(store, 'game.dataset', dataset);
  else change(store, 'game', { kind: 'images', dataset });
  page.dismissRefusal();
  if (store.getState().lanes.some(({ failure }) => failure !== undefined)) page.revive();
  return undefined;
}
