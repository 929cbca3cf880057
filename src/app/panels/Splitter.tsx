/** A lower edge: of the measurements, which makes all panels lower or higher, or of one panel. */
import { usePage, usePageState } from '../context.ts';
import { laterStrings } from '../laterStrings.ts';
import { HEIGHTS } from '../layout.ts';
import type { Panel } from '../panels.ts';
import { changeHeight } from '../store.ts';
import { Separator } from './Separator.tsx';

/** Without a panel, for all of them. */
export function Splitter({ panel }: { panel?: { readonly name: Panel['name']; readonly title: string } }) {
  const { store } = usePage();
  const height = usePageState(({ heights, height: ofAll }) => (panel && heights[panel.name]) ?? ofAll);
  const say = laterStrings.layout;

  /** All that is higher with it: the pictures of one row count once. */
  function measure(edge: HTMLElement) {
    const rows = new Map<number, number>();
    const around = edge.closest(panel ? 'figure' : 'section');
    for (const canvas of around?.querySelectorAll('canvas') ?? []) {
      const box = canvas.getBoundingClientRect();
      rows.set(Math.round(box.bottom), box.height);
    }
    const whole = [...rows.values()].reduce((sum, each) => sum + each, 0);
    return (pixels: number) => height * (1 + pixels / Math.max(1, whole));
  }

  return (
    <Separator
      className={panel ? 'splitter panel-splitter' : 'splitter'}
      orientation="horizontal"
      label={say.height(panel?.title)}
      help={panel ? say.ownHeightHelp : say.heightHelp}
      value={height}
      limits={HEIGHTS}
      measure={measure}
      onChange={(percent) =>
        panel
          ? changeHeight(store, panel.name, percent)
          : store.setState({ height: percent ?? HEIGHTS.usual })
      }
    />
  );
}
