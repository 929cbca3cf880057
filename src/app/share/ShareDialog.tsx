/** The dialog of sharing: the link and what it hides, a code, a frame, the file, and recent experiments. */
import { type ReactNode, useId, useLayoutEffect, useMemo, useReducer, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { experiment as schema } from '../../catalog/experiment.ts';
import { walk } from '../../settings/index.ts';
import { usePage, usePageState } from '../context.ts';
import { SignButton, signs } from '../controls/SignButton.tsx';
import { openers, openFile } from '../drop.ts';
import { type Place, places } from '../hiding.ts';
import { useStageState } from '../present/useStage.ts';
import { save } from '../take/save.ts';
import { useTaking } from '../take/useTaking.ts';
import { arriving } from '../unloaded.ts';
import { Code, MOST_IN_CODE } from './Code.tsx';
import { copyText } from './copy.ts';
import { writeFile } from './file.ts';
import { openLink } from './openLink.ts';
import { isPacked } from './pack.ts';
import { nameOf, type RecentList } from './recent.ts';
import { say as sharing } from './strings.ts';
import { type Untold, untoldByLink } from './truth.ts';
import { usePacked } from './usePacked.ts';

const say = sharing.dialog;

interface DialogProps {
  readonly recent: RecentList;
  readonly onClose: () => void;
}

export function ShareDialog({ recent, onClose }: DialogProps) {
  const page = usePage();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [isPaused, setPaused] = useState(false);
  const [hide, setHide] = useState(page.store.getState().hide);
  const link = useLink(hide, isPaused);
  const name = usePageState(nameOf);
  // The run goes on below.
  usePageState((state) => state.readout);
  const untold = untoldByLink(page);
  useLayoutEffect(() => {
    dialog.current?.showModal();
    // Where it is most often needed.
    dialog.current?.querySelector<HTMLElement>('.share-copied button')?.focus();
  }, []);
  // Not within the strip: a presentation, or a link that hides the button, shows nothing of it.
  return createPortal(
    <dialog
      ref={dialog}
      className="share-dialog"
      aria-labelledby={id}
      closedby="any"
      onClose={onClose}
      // Keys of the page below mean nothing here.
      onKeyDown={(event) => event.stopPropagation()}
    >
      <div className="share-head">
        <h2 id={id}>{say.title}</h2>
        <button type="button" className="quiet" onClick={() => dialog.current?.close()}>
          {say.close}
        </button>
      </div>
      <div className="share-parts">
        <Part title={say.link.title} help={untold.sentences.length > 0 ? say.truth.lead : say.link.help}>
          <Truth untold={untold} />
          <Copied label={say.link.label} text={link.href} copy={say.link.copy} />
          <p className="summary">{say.link.length(link.href.length, isPacked(link.text))}</p>
          <label className="share-check">
            <input type="checkbox" checked={isPaused} onChange={(event) => setPaused(event.target.checked)} />
            {say.link.paused}
          </label>
          <Hiding hide={hide} setHide={setHide} />
        </Part>
        <Part title={say.code.title}>
          <Code text={link.coded} />
        </Part>
        <Part title={say.embed.title} help={say.embed.help}>
          <Copied
            label={say.embed.label}
            text={frameOf(`${link.home}#embed${link.text && `&${link.text}`}`, name)}
            copy={say.embed.copy}
          />
        </Part>
        <FilePart name={name} onOpened={() => dialog.current?.close()} />
        <RecentPart recent={recent} onOpened={() => dialog.current?.close()} />
      </div>
    </dialog>,
    document.body,
  );
}

function Part({ title, help, children }: { title: string; help?: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {help && <p className="summary">{help}</p>}
      {children}
    </section>
  );
}

/** What of the run the link leaves out, or takes long to show, and the file that holds it. */
function Truth({ untold: { sentences, notes, isKeptByCheckpoint } }: { untold: Untold }) {
  const page = usePage();
  const { said, isBusy, take } = useTaking();
  const words = say.truth;
  return (
    <>
      {sentences.length > 0 && (
        <ul className="share-truth summary">
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      {notes.map((note) => (
        <p key={note} className="summary">
          {note}
        </p>
      ))}
      {isKeptByCheckpoint && (
        <div className="share-line">
          <button
            type="button"
            title={words.checkpointHelp}
            disabled={isBusy}
            onClick={() => take(async () => (await arriving(import('../take/take.ts'))).takeCheckpoint(page))}
          >
            {words.checkpoint}
          </button>
          <span className="summary" role="status">
            {said?.words}
          </span>
        </div>
      )}
    </>
  );
}

const PAUSED = 'paused';

/** The link of what is played now, packed where it is long: whole, what stands behind `#`, and for a code. */
function useLink(hide: readonly string[], isPaused: boolean) {
  const page = usePage();
  const whole = usePageState(() => page.link({ hide }));
  const { home, text: words } = usePacked(whole);
  const hrefOf = (said: string) => {
    const text = [isPaused ? PAUSED : '', said].filter(Boolean).join('&');
    return { text, href: text ? `${home}#${text}` : home };
  };
  // A code holds less than a line of text.
  const { text: short } = usePacked(whole, MOST_IN_CODE - PAUSED.length - 1);
  return { home, ...hrefOf(words), coded: hrefOf(short).href };
}

/** A text to be taken away: shown, selected when it is entered, and copied by a button. */
function Copied({ label, text, copy }: { label: string; text: string; copy: string }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [said, setSaid] = useState('');
  return (
    <div className="share-copied">
      <textarea
        ref={field}
        readOnly
        rows={2}
        aria-label={label}
        value={text}
        spellCheck={false}
        onFocus={(event) => event.target.select()}
      />
      <button
        type="button"
        onClick={async () => {
          const isCopied = await copyText(text);
          // Focused, too: not every browser does so for what is selected.
          if (!isCopied) field.current?.focus();
          setSaid(isCopied ? say.link.copied : say.link.failed);
        }}
      >
        {copy}
      </button>
      <span className="summary" role="status">
        {said}
      </span>
    </div>
  );
}

interface HidingProps {
  readonly hide: readonly string[];
  readonly setHide: (hide: readonly string[]) => void;
}

function Hiding({ hide, setHide }: HidingProps) {
  const experiment = usePageState((state) => state.experiment);
  const settings = useMemo(
    () =>
      walk(schema, experiment).flatMap(({ path, setting }) =>
        setting.type === 'group' ? [] : [{ path, label: setting.label }],
      ),
    [experiment],
  );
  const row = (name: string, label: ReactNode) => (
    <label key={name} className="share-check">
      <input
        type="checkbox"
        checked={hide.includes(name)}
        onChange={(event) =>
          setHide(event.target.checked ? [...hide, name] : hide.filter((each) => each !== name))
        }
      />
      <span>{label}</span>
    </label>
  );
  return (
    <details className="share-hide">
      <summary>{say.hide.on(hide.length)}</summary>
      <p className="summary">{say.hide.help}</p>
      <fieldset>
        <legend>{say.hide.places}</legend>
        {(Object.keys(places) as Place[]).map((place) => row(place, say.hide.names[place]))}
      </fieldset>
      <fieldset>
        <legend>{say.hide.settings}</legend>
        {settings.map(({ path, label }) =>
          row(
            path,
            <>
              {label} <code>{path}</code>
            </>,
          ),
        )}
      </fieldset>
    </details>
  );
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** Pixels of the frame: small enough for a column of text. */
const FRAME = { width: 480, height: 360 };

const frameOf = (address: string, name: string) =>
  `<iframe src="${escaped(address)}" title="${escaped(say.embed.frame(name))}" width="${FRAME.width}" height="${FRAME.height}" style="border: 0" loading="lazy"></iframe>`;

function FilePart({ name, onOpened }: { name: string; onOpened: () => void }) {
  const page = usePage();
  const [title, setTitle] = useState(name);
  const scenes = useStageState((state) => state.scenes);
  const [isWithScenes, setWithScenes] = useState(true);
  const file = useRef<HTMLInputElement>(null);
  const id = useId();
  const download = () => {
    const called = title || name;
    const text = writeFile({ ...page.wanted(), title: called, scenes: isWithScenes ? scenes : [] });
    save(new Blob([text], { type: 'application/json' }), `${fileName(called)}.json`);
  };
  return (
    <Part title={say.file.title} help={say.file.help}>
      <div className="share-line">
        <label htmlFor={id}>{say.file.name}</label>
        <input
          id={id}
          className="share-title"
          value={title}
          maxLength={200}
          onChange={(event) => setTitle(event.target.value)}
        />
      </div>
      {scenes.length > 0 && (
        <label className="share-check">
          <input
            type="checkbox"
            checked={isWithScenes}
            onChange={(event) => setWithScenes(event.target.checked)}
          />
          {say.file.scenes(scenes.length)}
        </label>
      )}
      <div className="share-line">
        <button type="button" onClick={download}>
          {say.file.save}
        </button>
        <button type="button" onClick={() => file.current?.click()}>
          {say.file.open}
        </button>
        <input
          ref={file}
          type="file"
          hidden
          accept={openers.map(({ types }) => types).join(',')}
          aria-label={say.file.open}
          onChange={async ({ target }) => {
            const [chosen] = target.files ?? [];
            if (!chosen) return;
            onOpened();
            await openFile(chosen, page);
          }}
        />
      </div>
    </Part>
  );
}

/** Letters and digits of a title, for a name that every system takes. */
const fileName = (title: string) =>
  `saddle-${title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)}`.replace(/-$/, '');

function RecentPart({ recent, onOpened }: { recent: RecentList; onOpened: () => void }) {
  const page = usePage();
  const [, refresh] = useReducer((n: number) => n + 1, 0);
  const entries = recent.all();
  const [home] = page.link().split('#');
  const words = say.recent;
  return (
    <Part title={words.title} help={recent.isKept ? words.help : words.blocked}>
      {entries.length === 0 && <p className="muted">{words.none}</p>}
      <ul className="share-recent">
        {entries.map(({ link, name, at }) => (
          <li key={link}>
            <a
              href={`${home}#${link}`}
              onClick={(event) => {
                if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                event.preventDefault();
                onOpened();
                void openLink(page, link);
              }}
            >
              {name}
            </a>
            <span className="muted">{dayOf(at)}</span>
            <SignButton
              label={words.remove(name)}
              path={signs.cross}
              onClick={() => {
                recent.remove(link);
                refresh();
              }}
            />
          </li>
        ))}
      </ul>
      {entries.length > 0 && (
        <button
          type="button"
          className="quiet"
          onClick={() => {
            recent.clear();
            refresh();
          }}
        >
          {words.clear}
        </button>
      )}
    </Part>
  );
}

function dayOf(at: number): string {
  const day = new Date(at);
  return day.toDateString() === new Date().toDateString()
    ? `${say.recent.today}, ${day.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' })}`
    : day.toLocaleDateString();
}
