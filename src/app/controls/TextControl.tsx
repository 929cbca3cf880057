/** A line of text in a language of its own: what can be read is played at once, what cannot is told of. */
import { useId } from 'react';
import type { TextSetting } from '../../settings/index.ts';
import { laterStrings } from '../laterStrings.ts';
import type { ControlProps } from './Setting.tsx';
import { plainText, useDraft } from './useDraft.ts';

export function TextControl(props: ControlProps<TextSetting, string>) {
  const { setting, value, id, describedBy } = props;
  const { typed, take, leave } = useDraft(props);
  const problemId = useId();
  const mistake = typed === undefined ? undefined : setting.mistake(typed);
  return (
    <div className="text">
      <input
        {...plainText}
        id={id}
        maxLength={setting.most}
        value={typed ?? value}
        aria-invalid={mistake !== undefined}
        aria-describedby={`${problemId} ${describedBy}`}
        onChange={(event) => take(event.target.value)}
        onBlur={() => mistake === undefined && leave()}
        onKeyDown={(event) => event.key === 'Escape' && leave()}
      />
      <p className="problem" id={problemId} role="status">
        {mistake && laterStrings.setting.mistake(mistake)}
      </p>
    </div>
  );
}
