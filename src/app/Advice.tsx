/** What to try, in which the name of each setting is a way to its control; with a value, a press also chooses it. */
import { get } from '../settings/index.ts';
import { usePage } from './context.ts';
import { laterStrings } from './laterStrings.ts';
import { change } from './store.ts';

/** `generator.learningRate`, `scheme=extragradient`: a path, or one with a value. */
const SETTING = /\b(?:[a-z]\w*(?:\.[a-z]\w*)+(?:=[\w.-]*\w)?|[a-z]\w*=[\w.-]*\w)/gi;

export function AdviceWords({ advice }: { advice: string }) {
  const { store } = usePage();
  const { experiment } = store.getState();
  const parts: { at: number; words: string; path?: string; value?: string }[] = [];
  let read = 0;
  for (const { 0: words, index } of advice.matchAll(SETTING)) {
    const [path, value] = words.split('=');
    if (get(experiment, path) === undefined) continue;
    if (index > read) parts.push({ at: read, words: advice.slice(read, index) });
    parts.push({ at: index, words, path, value });
    read = index + words.length;
  }
  if (read < advice.length) parts.push({ at: read, words: advice.slice(read) });
  function tryOut(path: string, value: string | undefined): void {
    if (value !== undefined) change(store, path, Number.isNaN(Number(value)) ? value : Number(value));
    goToControl(path);
  }
  return parts.map(({ at, words, path, value }) =>
    path === undefined ? (
      words
    ) : (
      <button
        key={at}
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
