/** The menu of named optimizers: choosing one sets every part of the optimizer, and the run goes on. */
import { useId } from 'react';
import { methods } from '../catalog/methods/index.ts';
import { usePage, usePageState } from './context.ts';
import { EntryWords, Options } from './controls/Menu.tsx';
import { laterStrings } from './laterStrings.ts';
import { methodOf } from './method.ts';
import { takeMethod } from './store.ts';

export function MethodMenu() {
  const { store } = usePage();
  const experiment = usePageState((state) => state.experiment);
  const id = useId();
  const wordsId = `${id}-words`;
  const method = methodOf(experiment);
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
          onChange={(event) => takeMethod(store, event.target.value)}
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
    </div>
  );
}
