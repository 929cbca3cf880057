/** How the lines of lanes are drawn in charts: by the players' colours where a lane is alone, else by its own. */
import { useHeard, usePage, usePageState } from '../context.ts';
import type { ChartLine } from '../draw/chart.ts';
import type { Palette } from '../draw/palette.ts';
import { laneShapes, type Shape } from '../draw/shapes.ts';
import type { RunRecord } from '../record.ts';

export interface LaneStyle {
  readonly record: RunRecord;
  /** The lane's colour, where several race. */
  readonly own: string | undefined;
  readonly shape: Shape;
  /** Lines of the lane whose settings are open stand out. */
  readonly width: number;
}

/** In a race, colour says the lane: the second of two lines is then broken. */
export const SECOND = [5, 4] as const;
/** And the third one dotted. */
export const DOTTED = [1, 3] as const;

/** Lines of all lanes that are drawn. */
export function useLaneLines(): (
  palette: Palette,
  lines: (style: LaneStyle) => readonly ChartLine[],
) => ChartLine[] {
  const page = usePage();
  const heard = useHeard();
  const selected = usePageState((state) => state.selected);
  return (palette, lines) =>
    heard.flatMap((lane) => {
      const record = page.recordOf(lane);
      const drawn = lines({
        record,
        own: heard.length > 1 ? palette.lanes[lane.colour] : undefined,
        shape: laneShapes[lane.colour],
        width: heard.length > 1 && lane.id === selected ? 2.3 : 1.6,
      });
      return drawn.map((line) => ({ clock: record.clock, ...line }));
    });
}
