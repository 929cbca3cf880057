/** The settings of a typed game: two formulas with what they mean, a slider for each name, examples and help. */
import type { ReactNode } from 'react';
import { examples } from '../../catalog/games/examples.ts';
import { functions } from '../../catalog/games/formula.ts';
import { coordinateNamesIn } from '../../catalog/games/plane.ts';
import { slopesOf } from '../../catalog/games/slopes.ts';
import { numbersUsed } from '../../catalog/games/typedCode.ts';
import { usePage } from '../context.ts';
import { change } from '../store.ts';
import { derivative, Formula } from './Formula.tsx';
import { formulaStrings as say } from './strings.ts';
import { forgetNumbers } from './typing.ts';
import '../styles/formula.css';

interface Own {
  readonly kind: string;
  readonly first: string;
  readonly second: string;
}

/** `one` gives the control of a field by its name. */
export function OwnGame({ value, one }: { value: Own; one: (name: string) => ReactNode }) {
  const numbers = numbersUsed(value.first, value.second);
  return (
    <>
      <Examples />
      {one('first')}
      {one('second')}
      <Slopes value={value} />
      {numbers.length > 0 && (
        <fieldset className="own-numbers">
          <legend>{say.numbers}</legend>
          {numbers.map(({ name }) => one(name))}
        </fieldset>
      )}
      {one('start')}
      <Help />
    </>
  );
}

function Examples() {
  const page = usePage();
  const { store } = page;
  return (
    <select
      className="own-examples"
      aria-label={say.examples}
      value=""
      onChange={(event) => {
        const example = examples.find(({ label }) => label === event.target.value);
        if (!example) return;
        const { first, second = '', numbers, start } = example;
        forgetNumbers(page);
        change(store, 'game', { kind: 'typed', first, second, start, ...numbers });
      }}
    >
      <option value="">{say.chooseExample}</option>
      {examples.map(({ label, summary }) => (
        <option key={label} value={label} title={summary}>
          {label}
        </option>
      ))}
    </select>
  );
}

/** What each player descends. */
function Slopes({ value }: { value: Own }) {
  const [byFirst, bySecond] = slopesOf(value);
  const [x, y] = coordinateNamesIn(`${value.first} ${value.second}`);
  const rows = [
    { of: 'f', by: x, tree: byFirst },
    { of: 'g', by: y, tree: bySecond },
  ];
  return (
    <details className="fold">
      <summary>
        <span>{say.gradients}</span>
      </summary>
      {rows.map(({ of, by, tree }) => (
        <div className="formula-typeset" key={of}>
          {tree ? (
            <Formula tree={tree} name={derivative(of, by)} spoken={`∂${of}/∂${by}`} />
          ) : (
            <span>{`∂${of}/∂${by}: ${say.tooLong}`}</span>
          )}
        </div>
      ))}
    </details>
  );
}

function Help() {
  return (
    <details className="fold own-help">
      <summary>
        <span>{say.help}</span>
      </summary>
      <dl>
        {say.helpRows.map(([what, means]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>{means}</dd>
          </div>
        ))}
        <div>
          <dt>{Object.keys(functions).join(', ')}</dt>
          <dd>{say.functions}</dd>
        </div>
      </dl>
    </details>
  );
}
