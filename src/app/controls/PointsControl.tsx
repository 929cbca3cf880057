/** Points as text, one a line: pasted or typed, and played when asked for. */
import { useId, useState } from 'react';
import { type Pasted, readPoints } from '../../catalog/datasets/pasted.ts';
import type { NumbersSetting } from '../../settings/index.ts';
import { exact } from '../format.ts';
import { strings } from '../strings.ts';
import type { ControlProps } from './Setting.tsx';

const say = strings.points;

export function PointsControl({
  value,
  id,
  describedBy,
  onChange,
}: ControlProps<NumbersSetting, readonly number[]>) {
  /** What was typed and the points that it was typed over: others make it obsolete. */
  const [draft, setDraft] = useState<{ text: string; over: string; read?: Pasted }>();
  const howId = useId();
  const problemId = useId();
  const played = value.join();
  const current = draft?.over === played ? draft : undefined;
  const mistakes = current?.read?.mistakes ?? [];
  const apply = () => {
    if (!current) return;
    const read = readPoints(current.text);
    const isUsable = read.values.length > 0;
    // What has mistakes stays as it was typed, to be put right.
    const over = isUsable ? read.values.join() : played;
    setDraft(read.mistakes.length > 0 ? { text: current.text, over, read } : undefined);
    if (isUsable) onChange(read.values);
  };
  return (
    <div className="text points">
      <p className="points-how" id={howId}>
        {say.how}
      </p>
      <textarea
        id={id}
        className="text-field"
        rows={5}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={current?.text ?? written(value)}
        aria-invalid={mistakes.length > 0}
        aria-describedby={`${howId} ${problemId} ${describedBy}`}
        onChange={(event) => setDraft({ text: event.target.value, over: played })}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setDraft(undefined);
          else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) apply();
        }}
      />
      <div className="points-apply">
        <button type="button" className="quiet" disabled={!current || !!current.read} onClick={apply}>
          {say.apply}
        </button>
        <span className="muted">{say.count(value.length >> 1)}</span>
      </div>
      <div className="problem" id={problemId} role="status">
        {mistakes.map(({ line, message }) => (
          <p key={line}>{message}</p>
        ))}
        {mistakes.length > 0 && <p>{say.rest((current?.read?.values.length ?? 0) >> 1)}</p>}
      </div>
    </div>
  );
}

/** As `readPoints` reads it; the last of an odd number of coordinates has no partner. */
function written(value: readonly number[]): string {
  const lines: string[] = [];
  for (let i = 0; i + 1 < value.length; i += 2) lines.push(`${exact(value[i])}, ${exact(value[i + 1])}`);
  return lines.join('\n');
}
