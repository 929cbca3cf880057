/** Formulas written out again: a tree as text that reads back as the same, with no more brackets than it needs. */
import type { Tree } from './formula.ts';

/** How tightly the parts of a formula hold together; a part in a tighter place stands in brackets. */
const SUM = 1;
export const PRODUCT = 2;
const SIGNED = 3;
const POWER = 4;
const VALUE = 5;

export function tightness(tree: Tree): number {
  if (tree.kind === 'minus') return SIGNED;
  if (tree.kind === 'number') return tree.value < 0 ? SIGNED : VALUE;
  if (tree.kind !== 'two') return VALUE;
  return { '+': SUM, '-': SUM, '*': PRODUCT, '/': PRODUCT, '^': POWER }[tree.sign];
}

/** How tight both sides of a sign must be: sums and products are read from the left, powers from the right. */
export const sides = {
  '+': [SUM, PRODUCT],
  '-': [SUM, PRODUCT],
  '*': [PRODUCT, SIGNED],
  '/': [PRODUCT, SIGNED],
  '^': [VALUE, SIGNED],
} as const;

export function writeFormula(tree: Tree): string {
  switch (tree.kind) {
    case 'number':
      return String(tree.value).replace('e+', 'e');
    case 'name':
      return tree.name;
    case 'call':
      return `${tree.name}(${writeFormula(tree.of)})`;
    case 'minus':
      return `-${within(tree.of, SIGNED)}`;
    case 'two': {
      const [left, right] = sides[tree.sign];
      const isSum = tree.sign === '+' || tree.sign === '-';
      const sign = isSum ? ` ${tree.sign} ` : tree.sign;
      return `${within(tree.left, left)}${sign}${within(tree.right, right)}`;
    }
  }
}

function within(tree: Tree, least: number): string {
  return tightness(tree) < least ? `(${writeFormula(tree)})` : writeFormula(tree);
}
