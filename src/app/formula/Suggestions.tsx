/** Names that complete the word which is being typed in a formula: a list below it, by keyboard or by hand. */
import { type KeyboardEvent, type RefObject, useId, useLayoutEffect, useRef, useState } from 'react';
import { functions } from '../../catalog/games/formula.ts';
import { formulaStrings as say } from './strings.ts';

/** A longer list would hide what is below. */
const MOST = 6;
const GREEK = 'alpha beta gamma delta epsilon lambda mu omega rho sigma tau theta phi'.split(' ');
const words = [...Object.keys(functions).map((name) => `${name}(`), 'pi', ...GREEK];

export interface SuggestionsProps {
  readonly listId: string;
  readonly found: readonly string[];
  readonly at: number;
  choose(word: string): void;
}

export function useSuggestions(
  input: RefObject<HTMLInputElement | null>,
  text: string,
  take: (text: string) => void,
) {
  const listId = useId();
  const [isOpen, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  /** Where the caret goes when the field has the word that was chosen. */
  const caretTo = useRef<number>(undefined);
  const caret = input.current?.selectionStart ?? text.length;
  const begun = /[a-zA-Z]+$/.exec(text.slice(0, caret))?.[0] ?? '';
  // A single letter is a name of its own.
  const found =
    isOpen && begun.length > 1
      ? words.filter((word) => word.startsWith(begun) && word !== begun).slice(0, MOST)
      : [];
  const choose = (word: string) => {
    const from = caret - begun.length;
    const rest = text.slice(caret);
    const whole = word.endsWith('(') && rest.startsWith('(') ? word.slice(0, -1) : word;
    take(text.slice(0, from) + whole + rest);
    setOpen(false);
    caretTo.current = from + whole.length;
  };
  // With the text that was chosen, before anything more is typed.
  useLayoutEffect(() => {
    const to = caretTo.current;
    if (to === undefined) return;
    caretTo.current = undefined;
    input.current?.focus();
    input.current?.setSelectionRange(to, to);
  });
  return {
    listId,
    found,
    at,
    choose,
    look() {
      setOpen(true);
      setAt(0);
    },
    close: () => setOpen(false),
    /** Whether a key was meant for the list. */
    onKey(event: KeyboardEvent): boolean {
      if (found.length === 0) return false;
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        const by = event.key === 'ArrowDown' ? 1 : found.length - 1;
        setAt((at + by) % found.length);
      } else if (event.key === 'Enter' || event.key === 'Tab') choose(found[at]);
      else if (event.key === 'Escape') setOpen(false);
      else return false;
      event.preventDefault();
      event.stopPropagation();
      return true;
    },
    props: {
      role: 'combobox',
      'aria-autocomplete': 'list',
      'aria-expanded': found.length > 0,
      'aria-controls': listId,
      'aria-activedescendant': found.length > 0 ? `${listId}-${at}` : undefined,
    } as const,
  };
}

export function Suggestions({ listId, found, at, choose }: SuggestionsProps) {
  return (
    <div
      className="suggestions"
      id={listId}
      role="listbox"
      aria-label={say.names}
      hidden={found.length === 0}
    >
      {found.map((word, i) => (
        <button
          key={word}
          type="button"
          id={`${listId}-${i}`}
          role="option"
          tabIndex={-1}
          aria-selected={i === at}
          // Before the field is left.
          onPointerDown={(event) => {
            event.preventDefault();
            choose(word);
          }}
        >
          {word.endsWith('(') ? `${word}…)` : word}
        </button>
      ))}
    </div>
  );
}
