/** A menu of entries: in groups where there are many, with the chosen one's own words below. */
import type { Sourced } from '../../catalog/kinds.ts';
import { grouped } from '../menus.ts';

interface Told {
  readonly name: string;
  readonly label: string;
  readonly summary: string;
}

/** The options of a select; `menu` names its groups. */
export function Options({ menu, entries }: { menu: string; entries: readonly Told[] }) {
  const option = ({ name, label, summary }: Told) => (
    <option key={name} value={name} title={summary}>
      {label}
    </option>
  );
  return grouped(menu, entries).map(({ title, entries: members }) =>
    title ? (
      <optgroup key={title} label={title}>
        {members.map(option)}
      </optgroup>
    ) : (
      members.map(option)
    ),
  );
}

/** What an entry says of itself, its formula, and where it is from. */
export function EntryWords({
  id,
  entry,
}: {
  id: string;
  entry: Told & Partial<Pick<Sourced, 'source'> & { formula: string }>;
}) {
  return (
    <>
      <p className="summary" id={id}>
        {entry.summary}
      </p>
      {entry.formula && <Formula text={entry.formula} />}
      {entry.source && <p className="source">{entry.source}</p>}
    </>
  );
}

/** A formula: one line for each of its statements. */
function Formula({ text }: { text: string }) {
  return (
    <div className="formula">
      {text.split(/;\s+/).map((line) => (
        <span key={line}>
          {line.split(/_([\p{L}\d]+)/u).map((part, at) =>
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one line, in their order
            at % 2 === 1 ? <sub key={at}>{part}</sub> : part,
          )}
        </span>
      ))}
    </div>
  );
}
