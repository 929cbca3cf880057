/** The dialog of all keys by their groups, with the switches of single keys and of motion. */
import { Fragment, type ReactNode } from 'react';
import { type Key, keys } from '../keys.ts';
import type { Motion } from '../motion.ts';
import { Dialog } from '../present/Dialog.tsx';
import { useStage, useStageState } from '../present/useStage.ts';
import { say } from './strings.ts';

export function Help() {
  const stage = useStage();
  const hasLetters = useStageState((state) => state.hasLetters);
  const motion = useStageState((state) => state.motion);
  return (
    <Dialog title={say.title} closeLabel={say.close} className="help" onClose={() => stage.open(undefined)}>
      <div className="help-switches">
        <label>
          <input
            type="checkbox"
            className="toggle"
            checked={hasLetters}
            aria-describedby="letters-help"
            onChange={(event) => stage.setLetters(event.target.checked)}
          />
          {say.letters}
        </label>
        <p className="muted" id="letters-help">
          {say.lettersHelp}
        </p>
        <label>
          {say.motion}
          <select value={motion} onChange={(event) => stage.setMotion(event.target.value as Motion)}>
            {Object.entries(say.motions).map(([name, words]) => (
              <option key={name} value={name}>
                {words}
              </option>
            ))}
          </select>
        </label>
      </div>
      <div className="help-groups">
        {Object.entries(say.groups).map(([group, title]) => (
          <section key={group}>
            <h3>{title}</h3>
            <dl>
              {group === 'places' || group === 'combined'
                ? say[group].map((place) => (
                    <Row key={place.words} caps={place.keys} words={place.words} isAll />
                  ))
                : keys.filter((key) => key.group === group).map((key) => <KeyRow key={key.name} of={key} />)}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

/** Many keys that do the same, each for a number, are told from the first to the last. */
function KeyRow({ of: { name, keys: caps } }: { of: Key }) {
  const isRange = caps.length > 2;
  return (
    <Row
      caps={isRange ? [caps[0], caps[caps.length - 1]] : caps}
      joint={isRange ? '–' : say.or}
      words={say.keys[name]}
    />
  );
}

interface RowProps {
  readonly caps: readonly string[];
  readonly words: string;
  readonly joint?: string;
  /** Each key does its part: they are not other names of one. */
  readonly isAll?: boolean;
}

function Row({ caps, words, joint, isAll = false }: RowProps) {
  return (
    <div>
      <dt>
        {caps.map((cap, i) => (
          <Fragment key={cap}>
            {i > 0 && !isAll && <span className="muted"> {joint} </span>}
            <Cap of={cap} />
          </Fragment>
        ))}
      </dt>
      <dd>{words}</dd>
    </div>
  );
}

function Cap({ of: key }: { of: string }): ReactNode {
  const spoken = say.spokenCaps[key];
  const shown = say.caps[key] ?? (/^[a-z]$/.test(key) ? key.toUpperCase() : key);
  return (
    <kbd>
      <span aria-hidden={spoken !== undefined || undefined}>{shown}</span>
      {spoken && <span className="hidden">{spoken}</span>}
    </kbd>
  );
}
