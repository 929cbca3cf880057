/** What is said to assistive technology about the charts: once keys rest, and only the newest of it. */
import { useCallback, useEffect, useRef } from 'react';

const REST_MS = 400;

export function useVoice() {
  const voice = useRef<HTMLParagraphElement>(null);
  const owed = useRef<ReturnType<typeof setTimeout>>(undefined);
  const speak = useCallback((words: () => string) => {
    clearTimeout(owed.current);
    owed.current = setTimeout(() => {
      if (voice.current) voice.current.textContent = words();
    }, REST_MS);
  }, []);
  useEffect(() => () => clearTimeout(owed.current), []);
  return { voice, speak };
}
