/** What a panel knows of the measurements that it stands among. */
import { createContext, useContext } from 'react';
import type { Panel } from '../panels.ts';

export interface Place {
  readonly name: Panel['name'];
  /** Says something politely, once no more keys are pressed. */
  readonly speak: (words: () => string) => void;
  /** A panel stands on the page: one that was opened just now is brought into view, and has the focus. */
  readonly welcome: (name: Panel['name'], frame: HTMLElement) => void;
}

export const PlaceContext = createContext<Place | undefined>(undefined);

export function usePlace(): Place {
  const place = useContext(PlaceContext);
  if (!place) throw new Error('a panel stands outside of the measurements');
  return place;
}
