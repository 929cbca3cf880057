/** What axe finds on the page: the one list of its rules that all tests go by. */
import axe from 'axe-core';
import { expect } from 'vitest';

/** WCAG 2.2 at the levels A and AA, by axe's names. */
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

const named = (rules: readonly { readonly ruleId: string }[], enabled: boolean) =>
  Object.fromEntries(rules.map(({ ruleId }) => [ruleId, { enabled }]));

/**
 * Whatever axe checks by itself, which includes its best practices, and all of WCAG 2.2 A and AA that it leaves out:
 * the size of targets, and its experimental rules.
 */
const rules: Readonly<Record<string, { readonly enabled: boolean }>> = {
  ...named(
    axe.getRules(WCAG).filter(({ tags }) => !tags.includes('deprecated')),
    true,
  ),
  // Links to experiments begin with a #: they lead to no place on this page.
  'skip-link': { enabled: false },
};

/** Those whose answer depends on colours. */
const ofColour = axe
  .getRules(['cat.color'])
  .map(({ ruleId }) => ruleId)
  .filter((name) => rules[name]?.enabled);

/** Where a handle of the data stands is what it says: WCAG 2.5.8 lets it lie near another. */
const isHandle = (html: string) => /^<\w+ [^>]*class="handle[ "]/.test(html);

/**
 * Nothing stands in the way of assistive technology; `state` says in which state of the page, where there are several.
 * With `isColourOnly`, only the rules that colours decide: of a page of which everything else is known.
 */
export async function expectAccessible(state = '', { isColourOnly = false } = {}): Promise<void> {
  const { violations } = await axe.run(document.body, {
    ...(isColourOnly ? { runOnly: ofColour } : { rules }),
    resultTypes: ['violations'],
  });
  const found = violations.flatMap(({ id, nodes }) =>
    nodes
      .filter(({ html }) => id !== 'target-size' || !isHandle(html))
      .map(({ html, failureSummary }) => [id, html, failureSummary]),
  );
  expect(found, state).toEqual([]);
}
