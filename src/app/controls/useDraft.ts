/** A text that is being typed, beside the value that it will become: played as soon as it reads, kept as it is until then. */
import { useState } from 'react';
import type { TextSetting } from '../../settings/index.ts';
import type { ControlProps } from './Setting.tsx';

/** Of a field for text in a language of its own: nobody else's words are put into it. */
export const plainText = {
  type: 'text',
  className: 'text-field',
  autoComplete: 'off',
  autoCapitalize: 'off',
  spellCheck: false,
} as const;

export function useDraft({
  setting,
  value,
  onChange,
}: Pick<ControlProps<TextSetting, string>, 'setting' | 'value' | 'onChange'>) {
  /** With the value that it was typed over: another value makes it obsolete. */
  const [draft, setDraft] = useState<{ text: string; over: string }>();
  return {
    /** Undefined where nothing is. */
    typed: draft?.over === value ? draft.text : undefined,
    take(text: string) {
      const reads = setting.mistake(text) === undefined;
      setDraft({ text, over: reads ? text.trim() : value });
      if (reads) onChange(text);
    },
    /** Shown, and not played yet though it may read: there is more to come. */
    hold: (text: string) => setDraft({ text, over: value }),
    leave: () => setDraft(undefined),
  };
}
