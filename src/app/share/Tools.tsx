/** What the strip has of sharing: undo, redo, and the button of the dialog; files, keys and recent ones are taken care of. */
import { useEffect, useLayoutEffect, useState, useSyncExternalStore } from 'react';
import { usePage } from '../context.ts';
import { listenToDrops } from '../drop.ts';
import { lazily } from '../panels/lazily.tsx';
import { openUndo, type Undo } from '../undo.ts';
import { keepRecent, openRecent } from './recent.ts';
import '../styles/share.css';
import { say } from './strings.ts';

const ShareDialog = lazily(async () => (await import('./ShareDialog.tsx')).ShareDialog, null);

export function Tools() {
  const page = usePage();
  const [isOpen, setOpen] = useState(false);
  const [history] = useState(() => openUndo(page));
  const [recent] = useState(() => openRecent(() => localStorage));
  useEffect(() => () => history.close(), [history]);
  // Whoever sees the tools can use them, by keys and by dropping, too.
  useLayoutEffect(() => listenToKeys(history), [history]);
  useLayoutEffect(() => listenToDrops(page), [page]);
  useEffect(() => keepRecent(page, recent), [page, recent]);
  return (
    <div className="sharing">
      <UndoRedo history={history} />
      <button
        type="button"
        className="quiet share"
        title={say.openHelp}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        {say.open}
      </button>
      {isOpen && <ShareDialog recent={recent} onClose={() => setOpen(false)} />}
    </div>
  );
}

function UndoRedo({ history }: { history: Undo }) {
  const undoes = useSyncExternalStore(history.subscribe, () => history.undoes);
  const redoes = useSyncExternalStore(history.subscribe, () => history.redoes);
  const [spoken, setSpoken] = useState('');
  return (
    <div className="undo">
      <Sign
        label={say.undo}
        title={say.undoHelp(undoes ?? '')}
        isOff={undoes === undefined}
        path="M8 4 L4 8 L8 12 M4 8 H12 A4 4 0 0 1 12 16 H8"
        onClick={() => {
          setSpoken(say.undone(undoes ?? ''));
          history.undo();
        }}
      />
      <Sign
        label={say.redo}
        title={say.redoHelp(redoes ?? '')}
        isOff={redoes === undefined}
        path="M12 4 L16 8 L12 12 M16 8 H8 A4 4 0 0 0 8 16 H12"
        onClick={() => {
          setSpoken(say.redone(redoes ?? ''));
          history.redo();
        }}
      />
      <span className="hidden" aria-live="polite">
        {spoken}
      </span>
    </div>
  );
}

interface SignProps {
  readonly label: string;
  readonly title: string;
  /** Stays where it is for the keyboard, and says that there is nothing. */
  readonly isOff: boolean;
  readonly path: string;
  readonly onClick: () => void;
}

function Sign({ label, title, isOff, path, onClick }: SignProps) {
  return (
    <button
      type="button"
      className="quiet sign"
      aria-label={label}
      title={title}
      aria-disabled={isOff || undefined}
      onClick={() => isOff || onClick()}
    >
      <svg viewBox="0 0 20 20" aria-hidden="true">
        <path d={path} />
      </svg>
    </button>
  );
}

/** Where letters are typed, these keys undo letters. */
const TYPED_IN =
  'textarea, [contenteditable], dialog, input:not([type="range"], [type="checkbox"], [type="radio"])';

/** Ctrl+Z or Cmd+Z; with Shift, or Ctrl+Y, the other way. A slider that is dragged is one change. */
function listenToKeys(history: Undo): () => void {
  const key = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey || !(event.ctrlKey || event.metaKey)) return;
    if ((event.target as Element | null)?.closest?.(TYPED_IN)) return;
    const letter = event.key.toLowerCase();
    if (letter === 'z') event.shiftKey ? history.redo() : history.undo();
    else if (letter === 'y' && !event.shiftKey) history.redo();
    else return;
    event.preventDefault();
  };
  const down = () => history.hold(true);
  const up = () => history.hold(false);
  addEventListener('keydown', key);
  addEventListener('pointerdown', down, { capture: true });
  addEventListener('pointerup', up, { capture: true });
  addEventListener('pointercancel', up, { capture: true });
  return () => {
    removeEventListener('keydown', key);
    removeEventListener('pointerdown', down, { capture: true });
    removeEventListener('pointerup', up, { capture: true });
    removeEventListener('pointercancel', up, { capture: true });
  };
}
