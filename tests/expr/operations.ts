/** All operations of `src/expr`, found by looking, and those that an expression uses. */
import { type Expr, inOrder, type Operation } from '../../src/expr/index.ts';

const modules = import.meta.glob<Record<string, unknown>>('../../src/expr/{expr,ops/*}.ts', { eager: true });

const isOperation = (value: unknown): value is Operation =>
  typeof value === 'object' && value !== null && 'derive' in value && 'kernel' in value;

export const operations: readonly Operation[] = Object.values(modules)
  .flatMap((module) => Object.values(module))
  .filter(isOperation);

export const operationsOf = (...outputs: readonly Expr[]) =>
  new Set(inOrder(outputs).map((node) => node.operation.name));
