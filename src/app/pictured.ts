/** Whether the picture moves already: what is not part of it is loaded and drawn from then on. */
import { startTransition, useLayoutEffect, useState } from 'react';
import { usePage } from './context.ts';

/** Animation frames from the worker's first frame on: in these it is painted, and the next one. */
const PAINTED_IN = 5;
/** Where no frame comes. */
const AT_THE_LATEST_MS = 1500;

export function useIsPictured(): boolean {
  const page = usePage();
  const [isPictured, setIsPictured] = useState(page.record.frame !== undefined);
  // Before anything comes: at rest, the first frame is the only one.
  useLayoutEffect(() => {
    const show = () => startTransition(() => setIsPictured(true));
    const timer = setTimeout(show, AT_THE_LATEST_MS);
    let request = 0;
    const wait = (frames: number) => {
      request = requestAnimationFrame(() => (frames > 1 ? wait(frames - 1) : show()));
    };
    const unsubscribe = page.subscribe(() => {
      if (!page.record.frame) return;
      unsubscribe();
      wait(PAINTED_IN);
    });
    return () => {
      unsubscribe();
      clearTimeout(timer);
      cancelAnimationFrame(request);
    };
  }, [page]);
  return isPictured;
}
