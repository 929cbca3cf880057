/** Which of the sets that this browser keeps is played with. */
import { useEffect, useState } from 'react';
import type { TextSetting } from '../../settings/index.ts';
import { type Kept, listKept } from '../../worker/keptPictures.ts';
import type { ControlProps } from '../controls/Setting.tsx';
import { ownStrings } from './strings.ts';

const say = ownStrings.kept;

export function KeptSets({ value, id, describedBy, onChange }: ControlProps<TextSetting, string>) {
  const [kept, setKept] = useState<readonly Kept[]>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a set that is played anew has been kept just now
  useEffect(() => {
    let isGone = false;
    listKept().then((all) => !isGone && setKept(all));
    return () => {
      isGone = true;
    };
  }, [value]);
  const isKept = kept?.some(({ set }) => set === value);
  return (
    <select
      id={id}
      className="own-kept"
      value={value}
      aria-describedby={describedBy}
      title={say.hint}
      onChange={(event) => onChange(event.target.value)}
    >
      {kept && !isKept && <option value={value}>{value === '' ? say.none : say.missing(value)}</option>}
      {!kept && <option value={value}>{value}</option>}
      {kept?.map(({ set, title, count }) => (
        <option key={set} value={set}>
          {say.one(title, count, set)}
        </option>
      ))}
    </select>
  );
}
