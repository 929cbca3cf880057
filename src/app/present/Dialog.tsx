/** A native dialog over the page: open as long as it is there, closed by Escape, its button or a press beside it. */
import { type ReactNode, useEffect, useId, useLayoutEffect, useRef } from 'react';
import { SignButton, signs } from '../controls/SignButton.tsx';

interface DialogProps {
  readonly title: string;
  readonly closeLabel: string;
  readonly className?: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function Dialog({ title, closeLabel, className = '', onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  // It is open as soon as it is there.
  useLayoutEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  useEffect(() => {
    const element = dialog.current;
    return () => element?.close(); // gives the focus back to where it was
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it by itself
    <dialog
      ref={dialog}
      className={`dialog ${className}`}
      aria-labelledby={id}
      onClose={onClose}
      onClick={(event) => event.target === event.currentTarget && onClose()}
    >
      <div className="dialog-body">
        <header>
          <h2 id={id}>{title}</h2>
          <SignButton label={closeLabel} path={signs.cross} onClick={onClose} />
        </header>
        {children}
      </div>
    </dialog>
  );
}
