/** A link that is packed where it is long: ready before anybody presses the button that copies it. */
import { useEffect, useState } from 'react';
import { pack } from './pack.ts';

export interface PackedLink {
  /** The page itself. */
  readonly home: string;
  /** What stands behind `#`. */
  readonly text: string;
  readonly href: string;
}

export function usePacked(link: string): PackedLink {
  const [home, words = ''] = link.split('#', 2);
  const [packed, setPacked] = useState({ of: '', text: '' });
  useEffect(() => {
    let isWanted = true;
    void pack(words).then((text) => {
      if (isWanted) setPacked({ of: words, text });
    });
    return () => {
      isWanted = false;
    };
  }, [words]);
  const text = packed.of === words ? packed.text : words;
  return { home, text, href: text ? `${home}#${text}` : home };
}
