/** What to try, in which the name of each setting is a way to its control; with a value, a press also chooses it. */
import { advicePartsOf } from './advice.ts';
import { usePage } from './context.ts';
import { laterStrings } from './laterStrings.ts';
import { change } from './store.ts';

export function AdviceWords({ advice }: { advice: string }) {
  const { store } = usePage();
  function tryOut(path: string, value: string | undefined): void {
    if (value !== undefined) change(store, path, Number.isNaN(Number(value)) ? value : Number(value));
    goToControl(path);
  }
  return advicePartsOf(advice, store.getState().experiment).map(({ words, path, value }, i) =>
    path === undefined ? (
      words
    ) : (
      <button
        // biome-ignore lint/suspicious/noArrayIndexKey: another advice is made of other parts
        key={i}
        type="button"
        className="to-setting"
        title={value === undefined ? laterStrings.advice.show : laterStrings.advice.choose}
        onClick={() => tryOut(path, value)}
      >
        {words}
      </button>
    ),
  );
}

/** The control of a setting, or of the nearest one that it belongs to, is shown and has the focus. */
function goToControl(path: string): void {
  for (let at = path; at !== ''; at = at.split('.').slice(0, -1).join('.')) {
    const place = document.querySelector(`[data-path="${at}"]`);
    const controls = [...(place?.querySelectorAll<HTMLElement>('input, select, textarea') ?? [])];
    const control = controls.find((each) => each.matches(':checked')) ?? controls[0];
    if (!control) continue;
    control.focus({ preventScroll: true });
    place?.scrollIntoView({ block: 'center' });
    return;
  }
}
