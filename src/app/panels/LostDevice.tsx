/** That the device of a run was lost, and that another one goes on with it; and that a worker does not answer. */
import { usePage, usePageState } from '../context.ts';
import { Revive, Whose } from '../LaneNotice.tsx';
import { laterStrings } from '../laterStrings.ts';
import { lostStrings as say } from './lostStrings.ts';

export function LostDevice() {
  const page = usePage();
  const lanes = usePageState((state) => state.lanes);
  const lost = lanes.filter((lane) => lane.lost);
  const device = lost[0]?.lost?.device;
  if (device === undefined) return null;
  return (
    <section className="notice" role="alert">
      <p>
        {lost.map((lane) => (
          <span key={lane.id}>
            <Whose lanes={[lane]} />
            <strong>{say.title(lane.lost?.step ?? 0)}</strong> {say.goesOn(nameOf(lane.lost?.by ?? ''))}{' '}
          </span>
        ))}
      </p>
      <p className="notice-ways">
        <button type="button" className="quiet" onClick={() => page.setDevice(device)}>
          {say.again}
        </button>
        <button type="button" className="quiet" onClick={page.dismissRefusal}>
          {laterStrings.device.dismiss}
        </button>
      </p>
    </section>
  );
}

const nameOf = (device: string) => laterStrings.device.names[device]?.name ?? device;

/** A worker that is busy cannot say so: whether it is waited for is the reader's choice. */
export function SilentWorker() {
  const page = usePage();
  const lanes = usePageState((state) => state.lanes);
  const silent = lanes.filter(({ isSilent }) => isSilent);
  return (
    <section className="notice" role="alert">
      <p>
        <Whose lanes={silent} />
        <strong>{say.silent}</strong> {say.silentHelp}
      </p>
      <p className="notice-ways">
        <button type="button" className="quiet" onClick={page.waitOn}>
          {say.wait}
        </button>
        <Revive lanes={silent} />
      </p>
    </section>
  );
}
