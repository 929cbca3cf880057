// The settings room: declare once; parse, write, walk, check and document from the declaration.

export { type JsonSchema, jsonSchema } from './jsonSchema.ts';
export { type Parsed, type Problem, parse } from './parse.ts';
export { reference } from './reference.ts';
export * from './setting.ts';
export { fromQuery, type Pair, toPairs, toQuery, withPairs } from './text.ts';
export { type Change, changes, get, isSame, type Row, set, walk } from './walk.ts';
export { nearest, show } from './words.ts';
