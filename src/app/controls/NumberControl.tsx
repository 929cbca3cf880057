/** A number: a slider for the hand, and a field for whoever knows the value. */
import { type KeyboardEvent, useState } from 'react';
import type { NumberSetting } from '../../settings/index.ts';
import { exact } from '../format.ts';
import type { ControlProps } from './Setting.tsx';
import { nudge, positionOf, TRACK, valueAt } from './scale.ts';

export function NumberControl({
  setting,
  value,
  id,
  describedBy,
  onChange,
}: ControlProps<NumberSetting, number>) {
  const position = positionOf(setting, value);
  return (
    <div className="number">
      <input
        type="range"
        className="slider"
        min={0}
        max={TRACK}
        step={1}
        value={position}
        aria-label={setting.label}
        aria-describedby={describedBy}
        aria-valuetext={`${exact(value)}${setting.unit ? ` ${setting.unit}` : ''}`}
        style={{ '--at': `${(100 * position) / TRACK}%` } as React.CSSProperties}
        onChange={(event) => onChange(valueAt(setting, Number(event.target.value)))}
        onKeyDown={(event) => arrows(event, (direction) => onChange(nudge(setting, value, direction)), true)}
      />
      <NumberField
        id={id}
        label={undefined}
        value={value}
        describedBy={describedBy}
        onChange={onChange}
        onNudge={(direction) => onChange(nudge(setting, value, direction))}
      />
    </div>
  );
}

function arrows(event: KeyboardEvent, move: (direction: 1 | -1) => void, sideways: boolean): void {
  const up = event.key === 'ArrowUp' || (sideways && event.key === 'ArrowRight');
  const down = event.key === 'ArrowDown' || (sideways && event.key === 'ArrowLeft');
  if (!up && !down) return;
  event.preventDefault();
  move(up ? 1 : -1);
}

interface NumberFieldProps {
  readonly id?: string;
  readonly label: string | undefined;
  readonly value: number;
  readonly describedBy?: string;
  readonly onChange: (value: number) => void;
  readonly onNudge?: (direction: 1 | -1) => void;
}

/** Text that becomes a number when it is one, on Enter or when it is left; Escape gives it up. */
export function NumberField({ id, label, value, describedBy, onChange, onNudge }: NumberFieldProps) {
  const [draft, setDraft] = useState<string>();
  const text = draft ?? exact(value);
  const commit = () => {
    if (draft === undefined) return;
    setDraft(undefined);
    const next = Number(draft.trim().replace(',', '.').replace('−', '-'));
    if (draft.trim() !== '' && Number.isFinite(next)) onChange(next);
  };
  return (
    <input
      type="text"
      inputMode="decimal"
      autoComplete="off"
      spellCheck={false}
      className="number-field"
      id={id}
      aria-label={label}
      aria-describedby={describedBy}
      value={text}
      size={Math.max(4, Math.min(9, text.length))}
      onChange={(event) => setDraft(event.target.value)}
      onFocus={(event) => event.target.select()}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
        else if (event.key === 'Escape') setDraft(undefined);
        else if (onNudge && draft === undefined) arrows(event, onNudge, false);
      }}
    />
  );
}
