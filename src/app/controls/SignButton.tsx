/** A small button with a sign in the place of words: its words are its name, and what the mouse is told. */
import type { ReactNode } from 'react';

/** Outlines that mean the same wherever they stand, in a square of 20 × 20. */
export const signs = {
  undo: 'M8 4 L4 8 L8 12 M4 8 H12 A4 4 0 0 1 12 16 H8',
  redo: 'M12 4 L16 8 L12 12 M16 8 H8 A4 4 0 0 0 8 16 H12',
  up: 'M4 12 L10 6 L16 12',
  down: 'M4 8 L10 14 L16 8',
  cross: 'M5 5 L15 15 M15 5 L5 15',
} as const;

interface SignButtonProps {
  readonly label: string;
  /** Where the mouse is told more than the name. */
  readonly title?: string;
  /** The sign's outline. */
  readonly path?: string;
  /** Or what else the sign is. */
  readonly children?: ReactNode;
  readonly isOn?: boolean;
  /** There is nothing to do: the button stays where it is, and keeps the focus. */
  readonly isOff?: boolean;
  readonly onClick: () => void;
}

export function SignButton({ label, title = label, path, children, isOn, isOff, onClick }: SignButtonProps) {
  return (
    <button
      type="button"
      className="quiet sign"
      aria-label={label}
      title={title}
      aria-pressed={isOn}
      aria-disabled={isOff || undefined}
      onClick={() => isOff || onClick()}
    >
      {path === undefined ? (
        <span aria-hidden="true">{children}</span>
      ) : (
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <path d={path} />
        </svg>
      )}
    </button>
  );
}
