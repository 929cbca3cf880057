/** What every panel has: it is taken away, fills the measurements' width, and is made as high as one wants it. */
import { type CSSProperties, useCallback } from 'react';
import { usePage, usePageState } from '../context.ts';
import { laterStrings } from '../laterStrings.ts';
import { lazily } from './lazily.tsx';
import { usePlace } from './place.ts';
import { Splitter } from './Splitter.tsx';

const PanelMenu = lazily(async () => (await import('../take/PanelMenu.tsx')).PanelMenu, null);

/** What the frame of a panel says of its size. */
export function usePanelFrame() {
  const { name, welcome } = usePlace();
  const ref = useCallback(
    (frame: HTMLElement | null) => {
      if (frame) welcome(name, frame);
    },
    [name, welcome],
  );
  const isWide = usePageState(({ wide }) => wide === name);
  const height = usePageState(({ heights }) => heights[name]);
  const style = height === undefined ? undefined : ({ '--panel-scale': height / 100 } as CSSProperties);
  return { ref, tabIndex: -1, 'data-panel': name, 'data-wide': isWide || undefined, style } as const;
}

/** Beside its title, within the figure. A list is as high as it is long. */
export function Enlarge({ title, isList }: { title: string; isList?: boolean }) {
  const { store } = usePage();
  const { name } = usePlace();
  const isWide = usePageState(({ wide }) => wide === name);
  const say = laterStrings.layout;
  return (
    <>
      <PanelMenu title={title} name={name} />
      <button
        type="button"
        className="quiet tiny enlarge"
        aria-pressed={isWide}
        aria-label={say.enlarge(title)}
        title={isWide ? say.restoreHelp : say.enlargeHelp}
        onClick={() => store.setState({ wide: isWide ? undefined : name })}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">
          {isWide ? (
            <path d="M2 6 H6 V2 M14 10 H10 V14 M6 6 L2.5 2.5 M10 10 L13.5 13.5" />
          ) : (
            <path d="M9.5 2.5 H13.5 V6.5 M6.5 13.5 H2.5 V9.5 M13.5 2.5 L9 7 M2.5 13.5 L7 9" />
          )}
        </svg>
      </button>
      {!isList && <Splitter panel={{ name, title }} />}
    </>
  );
}
