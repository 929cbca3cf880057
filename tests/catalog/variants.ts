/** The values of a group of settings at its corners: what the promises are held to beyond the defaults. */
import { defaults, type Group, type Setting, set, type Values, walk } from '../../src/settings/index.ts';

export interface Variant<G extends Group> {
  /** What differs from the defaults, as `path=value`; empty for the defaults themselves. */
  readonly name: string;
  readonly path: string;
  readonly live: boolean;
  readonly settings: Values<G>;
}

/** The words of a setting: of picks, toggles and choices. */
export function wordsOf(setting: Setting): unknown[] {
  if (setting.type === 'toggle') return [false, true];
  if (setting.type === 'pick') return Object.keys(setting.options);
  if (setting.type === 'choice') return setting.entries.map(({ name }) => name);
  return [];
}

/** The ends of a setting's range: of numbers. */
export const endsOf = (setting: Setting): unknown[] =>
  setting.type === 'number' || setting.type === 'integer' ? [setting.min, setting.max] : [];

/** The defaults, and the defaults with one setting at each of the values that `valuesOf` gives for it. */
export function variantsOf<G extends Group>(
  group: G,
  valuesOf: (setting: Setting) => unknown[],
): Variant<G>[] {
  const settings = defaults<Group>(group);
  const found: Variant<Group>[] = [{ name: '', path: '', live: true, settings }];
  for (const { path, setting, value } of walk<Group>(group, settings)) {
    if (setting.type === 'group') continue;
    for (const other of valuesOf(setting)) {
      const known = setting.type === 'choice' ? (value as { kind: string }).kind : value;
      if (other === known) continue;
      found.push({
        name: `${path}=${other}`,
        path,
        live: setting.live,
        settings: set<Group>(group, settings, path, other),
      });
    }
  }
  return found as unknown as Variant<G>[];
}
