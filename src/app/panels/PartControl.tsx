/** What the streams of a plane show: the field, one of its parts, or its mixture with consensus. */
import { useId } from 'react';
import { gammaSetting, partSetting } from '../../analysis/choices.ts';
import { usePage, usePageState } from '../context.ts';
import { Slider } from '../controls/Slider.tsx';
import { positionOf, TRACK, valueAt } from '../controls/scale.ts';
import { short } from '../format.ts';
import { laterStrings } from '../laterStrings.ts';
import { changeProbe } from '../store.ts';
import { Pick } from './Pick.tsx';

const { gamma: setting } = gammaSetting;

export function PartControl() {
  const { store } = usePage();
  const id = useId();
  const settings = usePageState((state) => state.probes.vectorField);
  const part = String(settings?.part ?? partSetting.part.default);
  const gamma = Number(settings?.gamma ?? setting.default);
  const say = laterStrings.parts;
  return (
    <div className="field-part">
      {part === 'mixture' && (
        <span className="field-gamma">
          <label htmlFor={id}>{say.gamma}</label>
          <Slider
            id={id}
            min={0}
            max={TRACK}
            step={1}
            value={positionOf(setting, gamma)}
            aria-valuetext={short(gamma)}
            onChange={(position) => {
              const value = valueAt(setting, position);
              changeProbe(store, 'vectorField', { ...settings, part, gamma: value });
            }}
          />
          <output htmlFor={id}>{short(gamma)}</output>
        </span>
      )}
      <Pick
        label={say.label}
        options={say.names}
        value={part}
        onChange={(value) => changeProbe(store, 'vectorField', { ...settings, part: value })}
      />
    </div>
  );
}
