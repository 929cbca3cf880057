/** Points as text, one a line: pasted or typed and played when asked for, or those of a file. */
import { useId, useState } from 'react';
import { fitted, readTable } from '../../catalog/datasets/table.ts';
import type { NumbersSetting } from '../../settings/index.ts';
import { usePage } from '../context.ts';
import '../data/data.css';
import {
  type Opened,
  type Origin,
  openPointsFile,
  originOf,
  originWords,
  playPoints,
  playTable,
} from '../data/openPointsFile.ts';
import { dataStrings } from '../data/strings.ts';
import { datasetOfKind } from '../dataset.ts';
import { exact } from '../format.ts';
import { laterStrings } from '../laterStrings.ts';
import { FileChooser } from './FileChooser.tsx';
import type { ControlProps } from './Setting.tsx';
import { useDropZone } from './useDropZone.ts';

const say = laterStrings.points;
const sayFile = dataStrings.file;

export function PointsControl({ value, id, describedBy }: ControlProps<NumbersSetting, readonly number[]>) {
  const { store } = usePage();
  /** What was typed and the points that it was typed over: others make it obsolete. */
  const [draft, setDraft] = useState<{ text: string; over: string; opened?: Opened }>();
  /** What was said of a file, and over which points. */
  const [told, setTold] = useState<{ sentences: readonly string[]; over: string; isPlayed: boolean }>();
  const howId = useId();
  const problemId = useId();
  const played = value.join();
  const current = draft?.over === played ? draft : undefined;
  const said = told?.over === played ? told : current?.opened;
  const origin = originOf(value);
  const now = () => datasetOfKind(store.getState().experiment, 'points')?.values ?? value;
  const apply = () => {
    if (!current) return;
    const opened = playTable(store, readTable(current.text), '');
    setTold(undefined);
    // What has mistakes stays as it was typed, to be put right.
    const hasMistakes = opened.sentences.length > 0;
    setDraft(hasMistakes ? { text: current.text, over: now().join(), opened } : undefined);
  };
  const open = async (files: readonly File[]) => {
    const [file] = files;
    if (!file) return;
    const { sentences, isPlayed } = await openPointsFile(file, { store });
    const more = files.length > 1 ? [sayFile.several(file.name, files.length)] : [];
    setDraft(undefined);
    setTold({ sentences: [...sentences, ...more], over: now().join(), isPlayed });
  };
  const dropZone = useDropZone(({ files }) => open([...files]));
  return (
    <div className="text points drop-zone" {...dropZone}>
      <p className="points-how" id={howId}>
        {say.how}
      </p>
      <textarea
        id={id}
        className="text-field"
        rows={5}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={current?.text ?? written(value)}
        aria-invalid={(current?.opened?.sentences.length ?? 0) > 0}
        aria-describedby={`${howId} ${problemId} ${describedBy}`}
        onChange={(event) => setDraft({ text: event.target.value, over: played })}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setDraft(undefined);
          else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) apply();
        }}
      />
      <div className="points-apply">
        <button type="button" className="quiet" disabled={!current || !!current.opened} onClick={apply}>
          {say.apply}
        </button>
        <button
          type="button"
          className="quiet"
          title={sayFile.fitHelp}
          onClick={() => playPoints(store, fitted(value), origin)}
        >
          {sayFile.fit}
        </button>
        <span className="muted">{say.count(value.length >> 1)}</span>
      </div>
      <FileChooser
        className="points-file"
        title={sayFile.chooseHelp}
        accept=".csv,.tsv,.txt,.dat,text/plain,text/csv,text/tab-separated-values"
        onChoose={open}
      >
        <span className="file-chooser-words">{sayFile.choose}</span> <span>{sayFile.drop}</span>
      </FileChooser>
      {origin && origin.table.numeric.length > 2 && <Columns origin={origin} />}
      <div className="problem" id={problemId} role="status">
        {said?.sentences.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {said && said.sentences.length > 0 && <p>{say.rest(said.isPlayed ? value.length >> 1 : 0)}</p>}
      </div>
      {origin && (
        <div className="points-origin" role="status">
          {originWords(origin).map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
      )}
    </div>
  );
}

/** Which columns of a table with many are x and y. */
function Columns({ origin }: { origin: Origin }) {
  const { store } = usePage();
  const { table, columns, name } = origin;
  const one = (axis: 0 | 1) => (
    <label>
      {axis === 0 ? sayFile.x : sayFile.y}
      <select
        aria-label={sayFile.columnOf(axis === 0 ? sayFile.x : sayFile.y)}
        value={columns[axis]}
        onChange={(event) => {
          const column = Number(event.target.value);
          playTable(store, table, name, axis === 0 ? [column, columns[1]] : [columns[0], column]);
        }}
      >
        {table.numeric.map((column) => (
          <option key={column} value={column}>
            {sayFile.column(table.names[column])}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <fieldset className="points-columns">
      <legend className="hidden">{sayFile.columns}</legend>
      {one(0)}
      {one(1)}
    </fieldset>
  );
}

/** As it is read again; the last of an odd number of coordinates has no partner. */
function written(value: readonly number[]): string {
  const lines: string[] = [];
  for (let i = 0; i + 1 < value.length; i += 2) lines.push(`${exact(value[i])}, ${exact(value[i + 1])}`);
  return lines.join('\n');
}
