/** Words about the run that are read out: new at once while it rests, every few seconds while it plays. */
import { useRef, useState, useSyncExternalStore } from 'react';
import type { Readings } from '../../analysis/index.ts';
import { usePage, usePageState } from '../context.ts';
import type { RunRecord } from '../record.ts';
import type { Store } from '../store.ts';

/** Speech needs so long for a sentence. */
const EVERY_MS = 3000;

/** Whether something newer is to be said, given when something was said last. */
const isDue = (playing: boolean, lastAt: number) => !playing || performance.now() - lastAt >= EVERY_MS;

/** The step that words speak of: a component that asks for it is drawn anew with each. */
export function useNews(): number {
  const { store } = usePage();
  const [news] = useState(() => openNews(store));
  return useSyncExternalStore(news.subscribe, news.read);
}

function openNews(store: Store) {
  let step = store.getState().readout.step;
  let at = Number.NEGATIVE_INFINITY;
  return {
    read: () => step,
    subscribe: (tell: () => void) =>
      store.subscribe(({ playing, readout }) => {
        if (readout.step === step || !isDue(playing, at)) return;
        step = readout.step;
        at = performance.now();
        tell();
      }),
  };
}

/** The newest reading of a probe in the selected lane: a component that asks for it is drawn anew with each. */
export function useReading<P extends keyof Readings>(
  probe: P,
): NonNullable<RunRecord['latest'][P]>['reading'] | undefined {
  const page = usePage();
  return useSyncExternalStore(page.subscribe, () => page.record.latest[probe])?.reading;
}

/** A text that is read out, of a component that is drawn more often than that can be done. */
export function useCalm(words: string): string {
  const playing = usePageState((state) => state.playing);
  const said = useRef({ words, at: Number.NEGATIVE_INFINITY });
  if (words !== said.current.words && isDue(playing, said.current.at)) {
    said.current = { words, at: performance.now() };
  }
  return said.current.words;
}
