/** What notices about lanes have in common: whose they are, and the way on where a worker is lost. */
import { usePage, usePageState } from './context.ts';
import { LaneMark } from './LaneMark.tsx';
import { laterStrings } from './laterStrings.ts';
import type { LaneState } from './store.ts';

/** Of whom in a race something is said. */
export function Whose({ lanes }: { lanes: readonly LaneState[] }) {
  const page = usePage();
  const isRace = usePageState((state) => state.lanes.length > 1);
  if (!isRace) return null;
  return lanes.map((lane) => (
    <span key={lane.id} className="whose">
      <LaneMark colour={lane.colour} /> {page.nameOf(lane)}:{' '}
    </span>
  ));
}

/** The way on for lanes whose worker is lost: from the last steps that are kept, if there are any. */
export function Revive({ lanes }: { lanes: readonly LaneState[] }) {
  const page = usePage();
  const say = laterStrings.failure;
  const [step] = lanes.map(({ kept }) => kept);
  const words =
    lanes.some(({ kept }) => kept === undefined) || step === undefined
      ? say.revive
      : lanes.every(({ kept }) => kept === step)
        ? say.goOn(step)
        : say.goOnAll;
  return (
    <button type="button" onClick={page.revive}>
      {words}
    </button>
  );
}
