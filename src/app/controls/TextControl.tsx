/** A line of text in a language of its own: what can be read is played at once, what cannot is told of. */
import { useId, useState } from 'react';
import type { TextSetting } from '../../settings/index.ts';
import { laterStrings } from '../laterStrings.ts';
import type { ControlProps } from './Setting.tsx';

export function TextControl({
  setting,
  value,
  id,
  describedBy,
  onChange,
}: ControlProps<TextSetting, string>) {
  /** What is being typed, and the value that it was typed over: another value makes it obsolete. */
  const [draft, setDraft] = useState<{ text: string; over: string }>();
  const problemId = useId();
  const typed = draft?.over === value ? draft.text : undefined;
  const mistake = typed === undefined ? undefined : setting.mistake(typed);
  return (
    <div className="text">
      <input
        type="text"
        id={id}
        className="text-field"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        maxLength={setting.most}
        value={typed ?? value}
        aria-invalid={mistake !== undefined}
        aria-describedby={`${problemId} ${describedBy}`}
        onChange={(event) => {
          const text = event.target.value;
          const reads = setting.mistake(text) === undefined;
          setDraft({ text, over: reads ? text.trim() : value });
          if (reads) onChange(text);
        }}
        onBlur={() => mistake === undefined && setDraft(undefined)}
        onKeyDown={(event) => event.key === 'Escape' && setDraft(undefined)}
      />
      <p className="problem" id={problemId} role="status">
        {mistake && laterStrings.setting.mistake(mistake)}
      </p>
    </div>
  );
}
