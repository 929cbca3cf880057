/** The menu of named optimizers: choosing one sets every part of the optimizer, and the run goes on. */
import { useId, useState } from 'react';
import type { Experiment } from '../catalog/experiment.ts';
import { methods } from '../catalog/methods/index.ts';
import { usePage, usePageState } from './context.ts';
import { EntryWords, Options } from './controls/Menu.tsx';
import { exact } from './format.ts';
import { laterStrings } from './laterStrings.ts';
import { wordsOf } from './marks.ts';
import { methodOf } from './method.ts';
import { keepRates, type Rates, ratesOf, replacedIn } from './rates.ts';
import { takeMethod } from './store.ts';

export function MethodMenu() {
  const { store } = usePage();
  const experiment = usePageState((state) => state.experiment);
  const id = useId();
  const wordsId = `${id}-words`;
  const method = methodOf(experiment);
  const [taken, setTaken] = useState<{ readonly before: Experiment; readonly after: Experiment }>();
  const say = laterStrings.method;
  return (
    <div className="method">
      <div className="choice-head">
        <div className="setting-head">
          <label htmlFor={id} title={say.help}>
            {say.label}
          </label>
        </div>
        <select
          id={id}
          value={method?.name ?? ''}
          aria-describedby={wordsId}
          onChange={(event) => {
            takeMethod(store, event.target.value);
            setTaken({ before: experiment, after: store.getState().experiment });
          }}
        >
          <option value="" disabled>
            {say.own}
          </option>
          <Options menu="method" entries={methods} />
        </select>
      </div>
      {method ? (
        <EntryWords id={wordsId} entry={method} />
      ) : (
        <p className="hint" id={wordsId}>
          {say.help}
        </p>
      )}
      <div role="status">
        {/* Until something else is changed; undo and redo lead away from it and back. */}
        {taken?.after === experiment && <Replaced {...taken} />}
      </div>
    </div>
  );
}

/** What a method has changed, and a way to keep the rates that were there. */
function Replaced({ before, after }: { before: Experiment; after: Experiment }) {
  const { store } = usePage();
  const [mine, its]: Rates[] = [ratesOf(before), ratesOf(after)];
  const replaced = replacedIn(mine, its);
  const words = wordsOf({ experiment: before }, { experiment: after });
  const say = laterStrings.method;
  if (words === '') return null;
  const all = words.split('; ');
  return (
    <div className="replaced">
      {replaced.length > 0 && (
        <p>
          {say.rates(
            replaced.map((player) => [player, exact(mine[player] ?? 0), exact(its[player] ?? 0)] as const),
          )}{' '}
          <button
            type="button"
            className="quiet tiny"
            title={say.keepHelp}
            onClick={() => keepRates(store, mine)}
          >
            {say.keep}
          </button>
        </p>
      )}
      <details>
        <summary>{say.all(all.length)}</summary>
        <ul>
          {all.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      </details>
    </div>
  );
}
