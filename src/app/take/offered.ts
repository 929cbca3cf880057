/** A checkpoint that was brought to a race: what becomes of it is asked. */
import type { Checkpoint } from '../../worker/protocol.ts';
import type { Page } from '../page.ts';

export interface Offered {
  /** Of the file. */
  readonly name: string;
  readonly checkpoint: Checkpoint;
  readonly device: string;
}

interface Offer {
  readonly current: Offered | undefined;
  set(offered: Offered | undefined): void;
  subscribe(listener: () => void): () => void;
}

const offers = new WeakMap<Page['store'], Offer>();

/** One for each page. */
export function checkpointOfferOf({ store }: Pick<Page, 'store'>): Offer {
  let offer = offers.get(store);
  if (!offer) {
    const listeners = new Set<() => void>();
    let current: Offered | undefined;
    offer = {
      get current() {
        return current;
      },
      set(next) {
        current = next;
        for (const listener of listeners) listener();
      },
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    };
    offers.set(store, offer);
  }
  return offer;
}
