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

/** `most` characters of a link are left readable. */
export function usePacked(link: string, most?: number): PackedLink {
  const [home, words = ''] = link.split('#', 2);
  const long = most === undefined ? undefined : most - home.length - 1;
  const [packed, setPacked] = useState({ of: '', text: '' });
  useEffect(() => {
    let isWanted = true;
    void pack(words, long).then((text) => {
      if (isWanted) setPacked({ of: words, text });
    });
    return () => {
      isWanted = false;
    };
  }, [words, long]);
  const text = packed.of === words ? packed.text : words;
  return { home, text, href: text ? `${home}#${text}` : home };
}
