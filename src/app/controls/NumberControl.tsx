/** A number: a slider for the hand, and a field for whoever knows the value. */
import { type KeyboardEvent, useState } from 'react';
import type { NumberSetting } from '../../settings/index.ts';
import { exact } from '../format.ts';
import { laterStrings } from '../laterStrings.ts';
import type { ControlProps } from './Setting.tsx';
import { Slider } from './Slider.tsx';
import { nudge, positionOf, TRACK, valueAt } from './scale.ts';

/** Spans of a slider, in what it spans at first. */
const SPANS = [0.1, 1, 10, 100];

export function NumberControl(props: ControlProps<NumberSetting, number>) {
  return props.setting.reach === undefined ? <Ranged {...props} /> : <Reaching {...props} />;
}

/** A number of unknown size: its slider spans what is chosen beside it, and always the value itself. */
function Reaching(props: ControlProps<NumberSetting, number>) {
  const { setting, value } = props;
  const reaches = SPANS.map((span) => span * (setting.reach as number)).filter((each) => each <= setting.max);
  const [chosen, setChosen] = useState(setting.reach as number);
  const reach =
    [...reaches, setting.max].find((each) => each >= chosen && each >= Math.abs(value)) ?? setting.max;
  return (
    <div className="reaching">
      <Ranged {...props} setting={{ ...setting, min: -reach, max: reach }} />
      <select
        aria-label={laterStrings.setting.reach(setting.label)}
        value={reach}
        onChange={(event) => setChosen(Number(event.target.value))}
      >
        {reaches.map((each) => (
          <option key={each} value={each} disabled={each < Math.abs(value)}>
            ±{exact(each)}
          </option>
        ))}
      </select>
    </div>
  );
}

function Ranged({ setting, value, id, describedBy, onChange }: ControlProps<NumberSetting, number>) {
  return (
    <div className="number">
      <Slider
        min={0}
        max={TRACK}
        step={1}
        value={positionOf(setting, value)}
        aria-label={setting.label}
        aria-describedby={describedBy}
        aria-valuetext={`${exact(value)}${setting.unit ? ` ${setting.unit}` : ''}`}
        onChange={(position) => onChange(valueAt(setting, position))}
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
