/** Which items share a kernel: a loop joins the product or loop that makes what it reads, or one that reads the same. */
import { type Expr, sameShape } from '../../expr/index.ts';
import type { Item, Items } from './items.ts';

/** Items in one kernel, at most. */
const MOST_ITEMS = 16;

export interface Group {
  /** The first one says what kind of kernel it is; the others are loops over the same shape. */
  readonly items: Item[];
  /** The groups that must have run before. */
  readonly before: Set<Group>;
}

/** The groups in an order in which they can run, and which stored values are read from memory at all. */
export function groupsOf(items: Items) {
  const { storage } = items;
  const groups: Group[] = [];
  const groupOf = new Map<Item, Group>();
  const loopsReading = new Map<Expr, Group[]>();
  const writtenIn = (leaf: Expr, group: Group) =>
    items.writersOf(storage.baseOf(leaf)).some((writer) => groupOf.get(writer) === group);

  for (const item of items.list) {
    const bases = item.leaves.map((leaf) => storage.baseOf(leaf));
    const writers = bases.flatMap((base) => items.writersOf(base));
    const needs = new Set(
      writers.map((writer) => groupOf.get(writer)).filter((group) => group !== undefined),
    );

    const mayJoin = (group: Group): boolean => {
      const [head] = group.items;
      if (head.kind === 'reduction' || group.items.length >= MOST_ITEMS) return false;
      // Sums that are taken up block by block are known only when all blocks have been.
      if (head.value.operation.name === 'conv2dFilter') return false;
      if (!sameShape(head.shape, item.shape)) return false;
      // What the group itself computes can only be read element by element.
      const readsOwn = item.leaves.filter((leaf) => writtenIn(leaf, group));
      const isElementByElement = (leaf: Expr) =>
        sameShape(leaf.shape, item.shape) && items.writersOf(leaf).some((writer) => writer.stores === leaf);
      if (!readsOwn.every(isElementByElement)) return false;
      return [...needs].every((need) => need === group || !reaches(need, group));
    };
    const isProduct = (group: Group) => Number(group.items[0].kind === 'product');
    const makers = [...needs].sort((a, b) => isProduct(b) - isProduct(a));
    const candidates = [...makers, ...bases.flatMap((base) => loopsReading.get(base) ?? [])];
    const joined = item.kind === 'loop' ? candidates.find(mayJoin) : undefined;
    const group = joined ?? { items: [], before: new Set<Group>() };
    if (!joined) groups.push(group);
    group.items.push(item);
    groupOf.set(item, group);
    for (const need of needs) if (need !== group) group.before.add(need);
    if (group.items[0].kind !== 'loop') continue;
    for (const base of bases) {
      const known = loopsReading.get(base);
      if (known) known.push(group);
      else loopsReading.set(base, [group]);
    }
  }

  // Heads of products and reductions read memory; loops read what their own group makes from registers.
  const readFromMemory = new Set<Expr>();
  for (const item of items.list) {
    const group = groupOf.get(item) as Group;
    for (const leaf of item.leaves) {
      if (item.kind !== 'loop' || !writtenIn(leaf, group)) readFromMemory.add(storage.baseOf(leaf));
    }
  }
  return { groups: inRunningOrder(groups), readFromMemory };
}

/** Whether `from` can only run after `target`, or is it. */
function reaches(from: Group, target: Group): boolean {
  const seen = new Set<Group>([from]);
  for (const group of seen) {
    if (group === target) return true;
    for (const before of group.before) seen.add(before);
  }
  return false;
}

function inRunningOrder(groups: readonly Group[]): Group[] {
  const order = new Set<Group>();
  const schedule = (group: Group) => {
    if (order.has(group)) return;
    group.before.forEach(schedule);
    order.add(group);
  };
  groups.forEach(schedule);
  return [...order];
}
