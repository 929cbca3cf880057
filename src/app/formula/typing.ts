/** Formulas while they are typed: a name that is not whole yet is no number, and numbers keep what they were set to. */

import { type Experiment, experiment as schema } from '../../catalog/experiment.ts';
import { constants, functions } from '../../catalog/games/formula.ts';
import { nameBoth } from '../../catalog/games/naming.ts';
import { numbersUsed } from '../../catalog/games/typedCode.ts';
import { set } from '../../settings/index.ts';
import type { Page } from '../page.ts';
import { change } from '../store.ts';

type Typed = Extract<Experiment['game'], { kind: 'typed' }>;

/** Words that stand for something in every formula. */
const meant = { ...functions, ...constants, ...nameBoth(0, 0) };

/** Whether the word at the caret would be a number that these formulas have not had yet: its end is still to come. */
export function isBeingNamed(
  text: string,
  caret: number,
  { first, second }: Pick<Typed, 'first' | 'second'>,
): boolean {
  const [before] = /[\p{L}_\d]*$/u.exec(text.slice(0, caret)) ?? [''];
  const [after] = /^[\p{L}_\d]*/u.exec(text.slice(caret)) ?? [''];
  // A number right before a name is none of its letters: 2k is 2 k.
  const word = (before + after).replace(/^\d+(e\d+$)?/i, '');
  if (word === '' || Object.hasOwn(meant, word)) return false;
  return !numbersUsed(first, second).some(({ name, label }) => word === name || word === label);
}

/** What numbers were set to when their names went out of the formulas, since something was opened last. */
const gone = new WeakMap<Page, { readonly openings: number; readonly values: Map<string, number> }>();

export const forgetNumbers = (page: Page): void => void gone.delete(page);

/** A formula becomes another; a name that was in it before stands for what it stood for then. */
export function takeFormula(page: Page, which: 'first' | 'second', text: string): void {
  const { store, openings } = page;
  const { experiment } = store.getState();
  const game = experiment.game as Typed;
  const known = gone.get(page);
  const values = known?.openings === openings ? known.values : new Map<string, number>();
  gone.set(page, { openings, values });
  const numbersOf = (of: Typed) => of as unknown as Readonly<Record<string, number>>;
  const before = numbersUsed(game.first, game.second);
  for (const { name } of before) values.set(name, numbersOf(game)[name]);
  const next = set(schema, experiment, `game.${which}`, text).game as Typed;
  const back = numbersUsed(next.first, next.second).flatMap(({ name }) => {
    const value = before.some((each) => each.name === name) ? undefined : values.get(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  change(store, 'game', { ...next, ...Object.fromEntries(back) });
}
