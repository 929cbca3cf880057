/** What is said above everything else: what was not understood, and what became of runs that cannot go on as they were. */
import { useSyncExternalStore } from 'react';
import { usePage, usePageState } from './context.ts';
import { Revive, Whose } from './LaneNotice.tsx';
import { laterStrings } from './laterStrings.ts';
import { lazily } from './panels/lazily.tsx';
import type { LaneState } from './store.ts';
import { checkpointOfferOf } from './take/offered.ts';

const CheckpointOffer = lazily(
  async () => (await import('./take/CheckpointOffer.tsx')).CheckpointOffer,
  null,
);
const Lost = lazily(async () => (await import('./panels/LostDevice.tsx')).LostDevice, null);
const Silent = lazily(async () => (await import('./panels/LostDevice.tsx')).SilentWorker, null);

export function Notices() {
  const isLost = usePageState(({ lanes }) => lanes.some(({ lost }) => lost));
  const offer = checkpointOfferOf(usePage());
  const isOffered = useSyncExternalStore(offer.subscribe, () => offer.current !== undefined);
  const isSilent = usePageState(({ lanes }) => lanes.some((lane) => lane.isSilent));
  return (
    <>
      <Problems />
      <Unloaded />
      {isOffered && <CheckpointOffer />}
      <Failure />
      <Refusal />
      {isSilent && <Silent />}
      {isLost && <Lost />}
    </>
  );
}

/** The longest list of problems that is shown; a hostile link can have thousands. */
const MOST_PROBLEMS = 8;

/** What of a link or a file could not be understood. */
export function Problems() {
  const page = usePage();
  const problems = usePageState((state) => state.problems);
  if (problems.length === 0) return null;
  const say = laterStrings.problems;
  return (
    <section className="notice" role="alert" aria-label={say.title(problems.length)}>
      <div>
        <strong>{say.title(problems.length)}</strong>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long list scrolls, also for keys */}
        <ul tabIndex={0}>
          {problems.slice(0, MOST_PROBLEMS).map(({ message }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two problems may read the same
            <li key={at}>{message}</li>
          ))}
          {problems.length > MOST_PROBLEMS && <li>{say.more(problems.length - MOST_PROBLEMS)}</li>}
        </ul>
      </div>
      <button type="button" className="quiet" onClick={page.dismissProblems}>
        {say.dismiss}
      </button>
    </section>
  );
}

/** What did not come, and the way to ask for it once more. */
export function Unloaded() {
  const { store } = usePage();
  const unloaded = usePageState((state) => state.unloaded);
  if (!unloaded) return null;
  const say = laterStrings.unloaded;
  const leave = () => store.setState({ unloaded: undefined });
  return (
    <section className="notice" role="alert">
      <p>
        <strong>{say.title}</strong> {say.what[unloaded.what]} {say.help}
      </p>
      <p className="notice-ways">
        <button
          type="button"
          onClick={() => {
            leave();
            unloaded.again();
          }}
        >
          {say.again}
        </button>
        <button type="button" className="quiet" onClick={leave}>
          {say.dismiss}
        </button>
      </p>
    </section>
  );
}

/** Sentences about lanes, each once, with those of whom it is said. */
function Sentences({ lanes, of }: { lanes: readonly LaneState[]; of: 'failure' | 'refusal' }) {
  return [...new Set(lanes.map((lane) => lane[of] ?? ''))].map((words) => (
    <span key={words}>
      {' '}
      <Whose lanes={lanes.filter((lane) => lane[of] === words)} />
      {words[0]?.toUpperCase() + words.slice(1)}
    </span>
  ));
}

function Failure() {
  const all = usePageState((state) => state.lanes);
  const lanes = all.filter(({ failure }) => failure !== undefined);
  if (lanes.length === 0) return null;
  return (
    <section className="notice notice-failure" role="alert">
      <p>
        <strong>{laterStrings.failure.title}</strong>
        <Sentences lanes={lanes} of="failure" />
      </p>
      <Revive lanes={lanes} />
    </section>
  );
}

/** What could not be done, while the runs before it go on. */
export function Refusal() {
  const page = usePage();
  const all = usePageState((state) => state.lanes);
  const lanes = all.filter(({ refusal }) => refusal !== undefined);
  if (lanes.length === 0) return null;
  return (
    <section className="notice" role="alert">
      <p>
        <strong>{laterStrings.device.refused}</strong>
        <Sentences lanes={lanes} of="refusal" />
      </p>
      <button type="button" className="quiet" onClick={page.dismissRefusal}>
        {laterStrings.device.dismiss}
      </button>
    </section>
  );
}
