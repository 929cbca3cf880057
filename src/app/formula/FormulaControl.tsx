/** A formula as it is typed: typeset below, and where it cannot be read, pointed at; the last good one goes on. */
import { useEffect, useEffectEvent, useId, useRef } from 'react';
import { parseFormula, type Tree } from '../../catalog/games/formula.ts';
import { mistakeIn } from '../../catalog/games/typedCode.ts';
import type { TextSetting } from '../../settings/index.ts';
import { usePage } from '../context.ts';
import type { ControlProps } from '../controls/Setting.tsx';
import { plainText, useDraft } from '../controls/useDraft.ts';
import { Formula, identifier } from './Formula.tsx';
import { Suggestions, useSuggestions } from './Suggestions.tsx';
import { formulaStrings as say } from './strings.ts';
import { isBeingNamed, takeFormula } from './typing.ts';
import '../styles/formula.css';

/** A word whose next letter has not come for so long is whole. */
const RESTS_MS = 700;

interface Props extends ControlProps<TextSetting, string> {
  /** What it is called in mathematics: f or g. */
  readonly symbol: 'f' | 'g';
  readonly mayBeEmpty: boolean;
}

export function FormulaControl(props: Props) {
  const { setting, value, id, describedBy, symbol, mayBeEmpty } = props;
  const page = usePage();
  const which = symbol === 'f' ? 'first' : 'second';
  const { typed, take, hold, leave } = useDraft({
    ...props,
    onChange: (text) => takeFormula(page, which, text),
  });
  const input = useRef<HTMLInputElement>(null);
  const problemId = useId();
  const mistake = typed === undefined ? undefined : mistakeIn(typed, mayBeEmpty);
  /** A new name at the caret waits until it is whole: until the typing rests, or is confirmed. */
  const type = (text: string) => {
    const { game } = page.store.getState().experiment;
    const caret = input.current?.selectionStart ?? text.length;
    const waits = game.kind === 'typed' && isBeingNamed(text, caret, game);
    if (waits && setting.mistake(text) === undefined) hold(text);
    else take(text);
  };
  const waiting = typed !== undefined && !mistake && typed.trim() !== value ? typed : undefined;
  const confirm = useEffectEvent(() => {
    if (waiting !== undefined) take(waiting);
  });
  useEffect(() => {
    if (waiting === undefined) return;
    const timer = setTimeout(() => confirm(), RESTS_MS);
    return () => clearTimeout(timer);
  }, [waiting]);
  const suggestions = useSuggestions(input, typed ?? value, take);
  const tree = treeOf(mistake ? value : (typed ?? value));
  return (
    <div className="text">
      <input
        {...plainText}
        id={id}
        ref={input}
        maxLength={setting.most}
        value={typed ?? value}
        aria-invalid={mistake !== undefined}
        aria-describedby={`${problemId} ${describedBy}`}
        {...suggestions.props}
        onChange={(event) => {
          type(event.target.value);
          suggestions.look();
        }}
        onBlur={() => {
          suggestions.close();
          if (waiting !== undefined) take(waiting);
          if (mistake === undefined) leave();
        }}
        onKeyDown={(event) => {
          if (suggestions.onKey(event)) return;
          if (event.key === 'Enter' && waiting !== undefined) take(waiting);
          if (event.key === 'Escape') leave();
        }}
      />
      <Suggestions {...suggestions} />
      {mistake && typed !== undefined && typed.trim() !== '' && <Pointer text={typed} at={mistake.at} />}
      <p className="problem" id={problemId} role="status">
        {mistake && say.mistake(sentence(mistake, typed ?? ''))}
      </p>
      {tree ? (
        <div className="formula-typeset" data-old={mistake ? true : undefined}>
          <Formula tree={tree} name={identifier(symbol)} spoken={symbol} />
        </div>
      ) : (
        !mistake && mayBeEmpty && <p className="formula-note">{say.minusFirst}</p>
      )}
    </div>
  );
}

const sentence = ({ message, at }: { message: string; at: number }, text: string) =>
  text.trim() === '' ? message : `${message}, at character ${at + 1}`;

function treeOf(text: string): Tree | undefined {
  return text.trim() === '' ? undefined : parseFormula(text);
}

/** Characters of the text that are shown before the place of a mistake, and after it. */
const BEFORE = 22;
const AFTER = 10;

/** The text about a mistake, its character marked from below; for eyes, as the sentence says where. */
function Pointer({ text, at }: { text: string; at: number }) {
  const letter = text.slice(at).match(/^./u)?.[0] ?? ' ';
  const from = Math.max(0, at - BEFORE);
  const rest = text.slice(at + letter.length);
  return (
    <p className="formula-pointer" aria-hidden="true">
      {from > 0 && '…'}
      {text.slice(from, at)}
      <mark>{letter}</mark>
      {rest.slice(0, AFTER)}
      {rest.length > AFTER && '…'}
    </p>
  );
}
