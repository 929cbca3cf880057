/** The page within another page: the picture, play and pause, and a way to all of it. */
import { usePage, usePageState } from '../context.ts';
import { laterStrings } from '../laterStrings.ts';
import { Problems, Refusal, Unloaded } from '../Notices.tsx';
import { Pictures } from '../panels/Pictures.tsx';
import { strings } from '../strings.ts';
import '../styles/embedded.css';
import { nameOf } from './recent.ts';
import { say } from './strings.ts';

export function Embedded() {
  const page = usePage();
  const playing = usePageState((state) => state.playing);
  const failed = usePageState(({ lanes }) => lanes.find(({ failure }) => failure !== undefined));
  const told = usePageState((state) => state.readout.sentence);
  const sentence = failed?.failure ?? told;
  const spoken = usePageState((state) => state.readout.spoken);
  const name = usePageState(nameOf);
  const link = usePageState(() => page.link({ hide: [] }));
  const again =
    failed?.kept === undefined ? laterStrings.failure.revive : laterStrings.failure.goOn(failed.kept);
  const words = failed ? again : playing ? strings.transport.pause : strings.transport.play;
  return (
    <main className="embedded">
      <h1 className="hidden">{`${strings.name}: ${name}`}</h1>
      <div className="embedded-notices">
        <Problems />
        <Unloaded />
        <Refusal />
      </div>
      <Pictures />
      <div className="embedded-bar">
        <button
          type="button"
          className="embedded-play"
          aria-label={words}
          title={words}
          onClick={failed === undefined ? page.toggle : page.revive}
        >
          <svg viewBox="0 0 20 20" aria-hidden="true">
            {playing ? (
              <path d="M7 4.5 V15.5 M13 4.5 V15.5" strokeWidth="3" />
            ) : (
              <path d="M6.5 4 L16 10 L6.5 16 Z" />
            )}
          </svg>
        </button>
        <p aria-hidden="true" title={sentence}>
          {sentence}
        </p>
        <p className="hidden" role="status">
          {spoken}
        </p>
        <a href={link} target="_blank" rel="noopener" title={say.embedded.openHelp}>
          {say.embedded.open}
        </a>
      </div>
    </main>
  );
}
