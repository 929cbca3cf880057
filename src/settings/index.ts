// The settings room: declare once; parse, write, walk and document from the declaration.

export * from './setting.ts';
