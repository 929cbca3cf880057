/** How components reach the page: its state by selection, its commands directly. */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { Page } from './page.ts';
import { isHeard, type LaneState, type PageState } from './store.ts';

export const PageContext = createContext<Page | undefined>(undefined);

export function usePage(): Page {
  const page = useContext(PageContext);
  if (!page) throw new Error('a component of the page stands outside of a PageContext');
  return page;
}

export function usePageState<T>(select: (state: PageState) => T): T {
  return useStore(usePage().store, select);
}

/** What a picture says of a lane's run to those who do not see it: nothing while a class is asked. */
export function useSpoken({ readout }: Pick<LaneState, 'readout'>): string {
  return usePageState((state) => state.isAsked) ? '' : readout.spoken;
}

/** The lanes that play and are drawn, in their order. */
export function useHeard(): readonly LaneState[] {
  const lanes = usePageState((state) => state.lanes);
  const solo = usePageState((state) => state.solo);
  return lanes.filter((lane) => isHeard({ solo }, lane));
}
