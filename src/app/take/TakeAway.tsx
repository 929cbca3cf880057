/** In the strip: the menu of all that can be taken away, and what is being recorded. */
import { useEffect, useRef, useState } from 'react';
import { usePage } from '../context.ts';
import { lazily } from '../panels/lazily.tsx';
import { arriving } from '../unloaded.ts';
import type { FilmFormat, Recording } from './film.ts';
import { Popover, TakeSign } from './Popover.tsx';
import { SaidLine } from './SaidLine.tsx';
import { takeStrings as say } from './strings.ts';
import { useTaking } from './useTaking.ts';

// What makes the files is loaded when the menu is first opened.
const Menu = lazily(async () => (await import('./Menu.tsx')).Menu, <p aria-busy="true" />);
const maker = () => arriving(import('./take.ts'));

export function TakeAway() {
  const page = usePage();
  const { said, isBusy, take } = useTaking();
  const [wasOpened, setOpened] = useState(false);
  const [recording, setRecording] = useState<Recording>();
  const menu = useRef<HTMLDivElement>(null);

  const open = (file: File) => take(async () => (await maker()).openCheckpoint(page, file));

  /** The menu closes, so that what is filmed can be seen; it opens again when the film is there. */
  function film(format: FilmFormat): void {
    menu.current?.hidePopover();
    take(async () => {
      const [{ record }, { fileName }] = await arriving(
        Promise.all([import('./film.ts'), import('./name.ts')]),
      );
      const begun = record(page, format);
      setRecording(begun);
      page.play();
      try {
        const made = await begun.finished;
        if (!made) return say.noFrames;
        return { blob: made.blob, name: fileName(page, 'film', made.ending) };
      } finally {
        setRecording(undefined);
        menu.current?.showPopover();
      }
    });
  }

  return (
    <>
      {recording && <RecordingLight recording={recording} />}
      <Popover
        label={say.open}
        help={say.openHelp}
        className="quiet sign take-menu"
        menu={menu}
        onOpen={() => setOpened(true)}
        sign={<TakeSign />}
      >
        {wasOpened && (
          <Menu isBusy={isBusy} isRecording={recording !== undefined} take={take} film={film} open={open} />
        )}
        <SaidLine said={said} />
      </Popover>
    </>
  );
}

/** How long the film is by now, and the end of it. */
function RecordingLight({ recording }: { readonly recording: Recording }) {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds(recording.seconds), 200);
    return () => {
      clearInterval(timer);
    };
  }, [recording]);
  // Who leaves the page in the middle leaves nothing behind.
  useEffect(() => recording.stop, [recording]);
  return (
    <button type="button" className="quiet take-recording" title={say.stop} onClick={recording.stop}>
      <span className="hidden">{say.stop}</span>
      <span aria-hidden="true">{say.recording(seconds)}</span> <span aria-hidden="true">■</span>
    </button>
  );
}
