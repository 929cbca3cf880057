/** A formula typeset as MathML, which browsers draw by themselves and read aloud. */
import { createElement, type ReactNode } from 'react';
import type { Tree } from '../../catalog/games/formula.ts';
import { labelOf } from '../../catalog/games/naming.ts';
import { PRODUCT, sides, tightness, writeFormula } from '../../catalog/games/writing.ts';

const m = (tag: string, ...children: ReactNode[]) => createElement(tag, null, ...children);

interface FormulaProps {
  readonly tree: Tree;
  /** What it is of, before an equals sign. */
  readonly name: ReactNode;
  /** The same for those who have it read to them. */
  readonly spoken: string;
}

/** The whole line: name = formula. */
export function Formula({ tree, name, spoken }: FormulaProps) {
  const text = `${spoken} = ${writeFormula(tree)}`;
  return createElement(
    'math',
    { alttext: text, 'aria-label': text, displaystyle: 'true' },
    m('mrow', name, m('mo', '='), typeset(tree)),
  );
}

/** ∂f/∂x and the like. */
export const derivative = (of: string, by: string): ReactNode =>
  m('mfrac', m('mrow', m('mo', '∂'), m('mi', of)), m('mrow', m('mo', '∂'), m('mi', by)));

/** k_1 and x1 with what follows lowered. */
export function identifier(name: string): ReactNode {
  const [, letters, word, digits] = /^(.+?)(?:_(\w+)|(\d+))?$/u.exec(labelOf(name)) ?? ['', name];
  const lowered = word ?? digits;
  if (!lowered) return m('mi', letters);
  return m('msub', m('mi', letters), m(/^\d+$/.test(lowered) ? 'mn' : 'mi', lowered));
}

function typeset(tree: Tree): ReactNode {
  switch (tree.kind) {
    case 'number':
      return m('mn', String(tree.value).replace('-', '−'));
    case 'name':
      return identifier(tree.name);
    case 'minus':
      return m('mrow', m('mo', '−'), within(tree.of, PRODUCT));
    case 'call':
      return called(tree.name, typeset(tree.of));
    case 'two':
      break;
  }
  const { sign, left, right } = tree;
  const [least, most] = sides[sign];
  if (sign === '/') return m('mfrac', typeset(left), typeset(right));
  if (sign === '^') {
    // A function's power stands after its brackets; a fraction's needs some.
    const base = left.kind === 'call' && isPlainCall(left.name) ? typeset(left) : within(left, least, true);
    return m('msup', base, typeset(right));
  }
  if (sign === '*') {
    const beside = typesetsNumberFirst(right) ? m('mo', '·') : m('mo', INVISIBLE);
    const isNamed = right.kind === 'call' || left.kind === 'call';
    const space = isNamed ? createElement('mspace', { width: '0.17em' }) : null;
    return m('mrow', within(left, least), beside, space, within(right, most));
  }
  return m('mrow', within(left, least), m('mo', sign === '-' ? '−' : sign), within(right, most));
}

/** Invisible times: a product without a sign. */
const INVISIBLE = '\u2062';
/** Invisible too: a function's name before its value. */
const APPLIED = '\u2061';

/** Two numbers side by side would be one. */
function typesetsNumberFirst(tree: Tree): boolean {
  if (tree.kind === 'number' || tree.kind === 'minus') return true;
  // Sums stand in brackets there.
  return tree.kind === 'two' && (tree.sign === '*' || tree.sign === '^') && typesetsNumberFirst(tree.left);
}

const isPlainCall = (name: string) => !['exp', 'sqrt', 'abs'].includes(name);

function called(name: string, value: ReactNode): ReactNode {
  if (name === 'exp') return m('msup', m('mi', 'e'), value);
  if (name === 'sqrt') return m('msqrt', value);
  if (name === 'abs') return m('mrow', m('mo', '|'), value, m('mo', '|'));
  return m('mrow', m('mi', name), m('mo', APPLIED), inBrackets(value));
}

const inBrackets = (value: ReactNode) => m('mrow', m('mo', '('), value, m('mo', ')'));

/** A fraction holds itself together, except below a power. */
function within(tree: Tree, least: number, isBase = false): ReactNode {
  const isFraction = tree.kind === 'two' && tree.sign === '/';
  const needs = isFraction ? isBase : tightness(tree) < least;
  const isRaised = isBase && tree.kind === 'call';
  return needs || isRaised ? inBrackets(typeset(tree)) : typeset(tree);
}
