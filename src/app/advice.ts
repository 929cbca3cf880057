/** What to try, in the words that the controls have; comes after the first picture, with the names. */
import type { Experiment } from '../catalog/experiment.ts';
import { players } from '../math/field.ts';
import { entryOf, get } from '../settings/index.ts';
import { labelled } from './labels.ts';
import { laterStrings } from './laterStrings.ts';

/** Words as they are; with a path, those of a setting, and with a value, of what is to be chosen for it. */
export interface AdvicePart {
  readonly words: string;
  readonly path?: string;
  readonly value?: string;
}

/** `generator.learningRate`, `scheme=extragradient`: a path, or one with a value. */
const SETTING = /\b(?:[a-z]\w*(?:\.[a-z]\w*)+(?:=[\w.-]*\w)?|[a-z]\w*=[\w.-]*\w)/gi;
/** "a smaller learning rate", but "the learning rate below 0.1". */
const HAS_ARTICLE = /(smaller|larger) $/;
const say = laterStrings.advice;

/** What watchers advise, who speak of settings as links do, as it is told on the page. */
export function advicePartsOf(advice: string, experiment: Experiment): readonly AdvicePart[] {
  const parts: AdvicePart[] = [];
  const tell = (words: string) => words !== '' && parts.push({ words });
  let read = 0;
  for (const { 0: written, index } of advice.matchAll(SETTING)) {
    const [path, value] = written.split('=');
    if (get(experiment, path) === undefined) continue;
    const { words, takesArticle } = settingWords(path, value, experiment);
    const before = advice.slice(read, index);
    tell(takesArticle && !HAS_ARTICLE.test(before) ? `${before}${say.article} ` : before);
    parts.push({ words, path, value });
    read = index + written.length;
  }
  tell(advice.slice(read));
  return parts;
}

export const adviceOf = (advice: string, experiment: Experiment): string =>
  advicePartsOf(advice, experiment)
    .map(({ words }) => words)
    .join('');

/** A setting, and what is chosen for it, by their labels. */
export function settingWords(
  path: string,
  value: string | undefined,
  experiment: Experiment,
): { readonly words: string; readonly takesArticle: boolean } {
  const { labels, setting } = labelled(path, experiment);
  const [own = path, owner] = [...labels].reverse();
  const player = players.find((each) => path.startsWith(`${each}.`));
  const above = path.split('.').slice(0, -1).join('.');
  // What belongs to a choice is called after it; a group only gathers, and there is one game.
  const isPlain = above === 'game' || labelled(above, experiment).setting?.type !== 'choice';
  const label = owner === undefined || isPlain ? own : say.of(player ?? owner, own);
  if (value === undefined) return { words: label, takesArticle: true };
  if (value === 'none') return { words: say.none(label), takesArticle: false };
  const entry = setting?.type === 'choice' ? entryOf(setting, value) : undefined;
  return {
    words: say.chosen(label, entry?.label ?? value),
    takesArticle: setting?.type === 'choice' || setting?.type === 'pick',
  };
}
