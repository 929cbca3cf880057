/** A button with a small menu below or above it, where there is more room. */
import { type ReactNode, type Ref, type ToggleEvent, useId, useRef } from 'react';
import '../styles/take.css';

/** From the edges of the window, and from the button. */
const MARGIN_PX = 8;
const GAP_PX = 6;

interface PopoverProps {
  readonly label: string;
  readonly help: string;
  readonly className: string;
  readonly sign: ReactNode;
  readonly menu?: Ref<HTMLDivElement>;
  readonly onOpen?: () => void;
  readonly children: ReactNode;
}

export function Popover({ label, help, className, sign, menu, onOpen, children }: PopoverProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);

  function place({ currentTarget, newState }: ToggleEvent<HTMLDivElement>): void {
    const box = button.current?.getBoundingClientRect();
    if (newState !== 'open' || !box) return;
    onOpen?.();
    const { style, offsetWidth, offsetHeight } = currentTarget;
    const below = innerHeight - box.bottom;
    const isBelow = below >= box.top || offsetHeight + GAP_PX + MARGIN_PX < below;
    style.maxHeight = `${(isBelow ? below : box.top) - GAP_PX - MARGIN_PX}px`;
    style.left = `${Math.max(MARGIN_PX, Math.min(box.left, innerWidth - offsetWidth - MARGIN_PX))}px`;
    // What comes later, such as a sentence, makes the menu grow away from its button.
    style.top = isBelow ? `${box.bottom + GAP_PX}px` : 'auto';
    style.bottom = isBelow ? 'auto' : `${innerHeight - box.top + GAP_PX}px`;
  }

  return (
    <>
      <button
        ref={button}
        type="button"
        className={className}
        popoverTarget={id}
        aria-label={label}
        title={help}
      >
        {sign}
      </button>
      <div
        id={id}
        ref={menu}
        popover="auto"
        className="popover take"
        aria-label={label}
        role="dialog"
        onToggle={place}
      >
        {children}
      </div>
    </>
  );
}

/** Down, and into a tray. */
export const TakeSign = () => (
  <svg viewBox="0 0 16 16" aria-hidden="true">
    <path d="M8 2.5 V10 M4.8 7 L8 10.2 L11.2 7 M2.5 11 V13.5 H13.5 V11" />
  </svg>
);
