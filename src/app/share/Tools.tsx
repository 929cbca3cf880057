/** What the strip has of sharing: undo, redo, and the button of the dialog; files, keys and recent ones are taken care of. */
import { useEffect, useLayoutEffect, useState, useSyncExternalStore } from 'react';
import { usePage } from '../context.ts';
import { SignButton, signs } from '../controls/SignButton.tsx';
import { listenToDrops } from '../drop.ts';
import { lazily } from '../panels/lazily.tsx';
import { MissingDialog } from '../present/MissingDialog.tsx';
import { openUndo, type Undo } from '../undo.ts';
import { keepRecent, openRecent } from './recent.ts';
import '../styles/share.css';
import { say } from './strings.ts';

const ShareDialog = lazily(async () => (await import('./ShareDialog.tsx')).ShareDialog, null, MissingDialog);

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
      <SignButton
        label={say.undo}
        title={say.undoHelp(undoes ?? '')}
        isOff={undoes === undefined}
        path={signs.undo}
        onClick={() => {
          setSpoken(say.undone(undoes ?? ''));
          history.undo();
        }}
      />
      <SignButton
        label={say.redo}
        title={say.redoHelp(redoes ?? '')}
        isOff={redoes === undefined}
        path={signs.redo}
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
