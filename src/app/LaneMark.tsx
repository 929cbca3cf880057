/** The mark of a lane: its colour and its shape, the same everywhere. */
import { laneShapes, shapePath } from './draw/shapes.ts';

export function LaneMark({ colour }: { colour: number }) {
  return (
    <svg className="lane-mark" viewBox="0 0 16 16" aria-hidden="true">
      <path d={shapePath(laneShapes[colour])} fill={`var(--lane-${colour + 1})`} />
    </svg>
  );
}
