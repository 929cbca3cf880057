/** What computes: the device in use, and a small menu to choose another, with what each was measured to take. */
import { type ToggleEvent, useId, useRef } from 'react';
import { AUTO } from '../worker/protocol.ts';
import { usePage, usePageState } from './context.ts';
import { laterStrings } from './laterStrings.ts';
import './styles/settings.css';

const say = laterStrings.device;
const nameOf = (device: string | undefined) =>
  device === undefined ? say.resting : (say.names[device]?.name ?? device);

export function DeviceMenu() {
  const page = usePage();
  const chosen = usePageState((state) => state.device);
  const used = usePageState((state) => state.readout.device);
  const measured = usePageState((state) => state.readout.measured);
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const took = (device: string) => measured?.find((each) => each.device === device);

  /** Below its button, within the window. */
  function place({ currentTarget, newState }: ToggleEvent<HTMLDivElement>): void {
    const box = button.current?.getBoundingClientRect();
    if (newState !== 'open' || !box) return;
    const left = Math.max(8, Math.min(box.left, innerWidth - currentTarget.offsetWidth - 8));
    currentTarget.style.left = `${left}px`;
    currentTarget.style.top = `${box.bottom + 6}px`;
    currentTarget.style.maxHeight = `${innerHeight - box.bottom - 14}px`;
  }

  const row = (name: string, words: { name: string; summary: string; same?: boolean }) => {
    const time = took(name);
    return (
      <label key={name} className="device">
        <input type="radio" name={id} checked={name === chosen} onChange={() => page.setDevice(name)} />
        <span className="device-name">{words.name}</span>
        <span>
          {time && say.perStep(time.msPerStep)}
          {name === used && <b> {say.inUse}</b>}
        </span>
        <span className="device-summary">
          {words.summary}{' '}
          {words.same !== undefined && (
            <em title={words.same ? say.sameHelp : say.otherHelp}>{words.same ? say.same : say.other}</em>
          )}
        </span>
      </label>
    );
  };

  return (
    <div className="device-menu">
      <button
        ref={button}
        type="button"
        className="quiet"
        popoverTarget={id}
        title={`${say.title}: ${nameOf(used)}`}
      >
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <path d="M5.5 5.5 H14.5 V14.5 H5.5 Z M8 5.5 V2.5 M12 5.5 V2.5 M8 17.5 V14.5 M12 17.5 V14.5 M5.5 8 H2.5 M5.5 12 H2.5 M17.5 8 H14.5 M17.5 12 H14.5" />
        </svg>
        <span className="hidden">{say.label}: </span>
        <span data-testid="device">{nameOf(used)}</span>
      </button>
      <div id={id} popover="auto" className="popover" onToggle={place}>
        <fieldset>
          <legend>
            <strong>{say.title}</strong> <span className="muted">{say.help}</span>
          </legend>
          {row(AUTO, say.auto)}
          {Object.entries(say.names).map(([name, words]) => row(name, words))}
        </fieldset>
        <p className="muted">
          <em>{say.same}</em>: {say.sameHelp} <em>{say.other}</em>: {say.otherHelp}
        </p>
      </div>
    </div>
  );
}
