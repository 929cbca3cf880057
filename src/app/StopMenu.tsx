/** A small menu of conditions, any of which pauses the run. */
import { type ToggleEvent, useId, useRef } from 'react';
import { usePage, usePageState } from './context.ts';
import { NumberField } from './controls/NumberControl.tsx';
import { fittingStops, type StopName } from './stops.ts';
import { timeStrings } from './timeStrings.ts';

const say = timeStrings.stops;

export function StopMenu() {
  const { store } = usePage();
  const stops = usePageState((state) => state.stops);
  const experiment = usePageState((state) => state.experiment);
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const fitting = fittingStops(experiment);
  const count = fitting.filter(({ name }) => stops[name] !== undefined).length;
  const set = (name: StopName, limit: number | undefined) =>
    store.setState((state) => ({ stops: { ...state.stops, [name]: limit } }));

  /** Above its button or below it, where there is more room. */
  function place({ currentTarget: menu, newState }: ToggleEvent<HTMLDivElement>): void {
    const box = button.current?.getBoundingClientRect();
    if (newState !== 'open' || !box) return;
    const room = Math.max(box.top, innerHeight - box.bottom) - 14;
    menu.style.maxHeight = `${room}px`;
    menu.style.left = `${Math.max(8, Math.min(box.left, innerWidth - menu.offsetWidth - 8))}px`;
    const isBelow = innerHeight - box.bottom >= box.top;
    menu.style.top = `${isBelow ? box.bottom + 6 : box.top - menu.offsetHeight - 6}px`;
  }

  return (
    <>
      <button ref={button} type="button" className="quiet" popoverTarget={id} title={say.title}>
        {say.on(count)}
      </button>
      <div id={id} popover="auto" className="popover stops" onToggle={place}>
        <fieldset>
          <legend>
            <strong>{say.title}</strong> <span className="muted">{say.help}</span>
          </legend>
          {fitting.map(({ name, usual }) => {
            const limit = stops[name];
            return (
              <div key={name} className="stop">
                <label>
                  <input
                    type="checkbox"
                    checked={limit !== undefined}
                    onChange={(event) => set(name, event.target.checked ? (usual ?? 0) : undefined)}
                  />
                  {say.names[name]}
                </label>
                {usual !== undefined && (
                  <NumberField
                    id={`${id}-${name}`}
                    label={say.names[name]}
                    value={limit ?? usual}
                    onChange={(next) => set(name, next)}
                    onNudge={(direction) => set(name, nudged(limit ?? usual, direction))}
                  />
                )}
              </div>
            );
          })}
        </fieldset>
      </div>
    </>
  );
}

/** By a tenth of the number's own power of ten, without its rounding errors. */
function nudged(value: number, direction: number): number {
  const unit = 10 ** Math.floor(Math.log10(Math.max(Math.abs(value), 1e-12)));
  return Number((value + direction * unit).toPrecision(6));
}
