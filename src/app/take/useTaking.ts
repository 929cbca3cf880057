/** Doing one thing after the other that ends in a file, and saying how it went. */
import { useState } from 'react';
import { save } from './save.ts';
import { takeStrings } from './strings.ts';
import type { Taken } from './take.ts';

export interface Said {
  readonly words: string;
  readonly isProblem: boolean;
}

export function useTaking() {
  const [said, setSaid] = useState<Said>();
  const [isBusy, setBusy] = useState(false);

  /** What is made is saved; a text is only said. */
  async function take(make: () => Promise<Taken | string> | Taken): Promise<void> {
    setBusy(true);
    setSaid(undefined);
    try {
      const made = await make();
      if (typeof made === 'string') setSaid({ words: made, isProblem: false });
      else {
        save(made.blob, made.name);
        const words = [takeStrings.saved(made.name), ...(made.without ?? [])].join('. ');
        setSaid({ words, isProblem: false });
      }
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      setSaid({ words: takeStrings.failed(why), isProblem: true });
    } finally {
      setBusy(false);
    }
  }

  return { said, isBusy, take };
}
