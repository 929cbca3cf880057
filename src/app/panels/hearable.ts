/** The lines of a chart as curves that can be heard: what is seen of each, with whose it is. */
import type { Heard, Heards } from '../access/Listen.tsx';
import { rangeOf } from '../access/sound.ts';
import type { Across } from '../draw/across.ts';
import type { ChartLine } from '../draw/chart.ts';
import { type PathReading, pathRanges } from '../draw/pathAngle.ts';
import { upwards, type ValueScale } from '../draw/valueScale.ts';
import { short } from '../format.ts';
import { laterStrings } from '../laterStrings.ts';
import type { LaneState } from '../store.ts';
import { rounded } from '../zoom.ts';
import type { Reading } from './Chart.tsx';
import { panelStrings } from './strings.ts';

const say = panelStrings.dynamics.heard;

/** `lines` are those of each lane in turn, as many of each; they are heard on the scale on which they are drawn. */
export function hearable(
  readings: readonly Reading[],
  lines: readonly ChartLine[],
  lanes: readonly LaneState[],
  { axis, span }: Across,
  scale: ValueScale,
  nameOf: (lane: LaneState) => string,
): Heards {
  const perLane = Math.max(1, Math.round(lines.length / Math.max(1, lanes.length)));
  const seen = lines.map((line) => seenOf(line, axis, span));
  // A log scale begins above zero.
  const isOnScale = (value: number) => Number.isFinite(value) && (scale !== 'log' || value > 0);
  const range = rangeOf(seen.map(({ places, values }) => ({ places, values: values.filter(isOnScale) }))) ?? [
    1, 1,
  ];
  const height = upwards(scale, range, 0, 1);
  const curves = lines.map((line, i): Heard => {
    const reading = readings.find(({ column }) => column === line.column) ?? readings[i % readings.length];
    const lane = lanes.length > 1 ? lanes[Math.floor(i / perLane)] : undefined;
    return {
      places: seen[i].places,
      values: seen[i].values.map((value) => (Number.isFinite(value) ? height(value) : Number.NaN)),
      name: lane ? `${nameOf(lane)}, ${reading.label}` : reading.label,
      shape: line.marker ?? reading.shape,
    };
  });
  const ends = curves.flatMap(({ places }) =>
    places.length > 0 ? [places[0], places[places.length - 1]] : [],
  );
  const place = (value: number) => laterStrings.axis.place(rounded(value, axis), axis);
  return {
    curves,
    from: place(Math.min(...ends, span[1])),
    to: place(Math.max(...ends, span[0])),
    read: height.invert,
  };
}

/** Path angle and norm of the field along a line: each as high as it is drawn, the cosine read out. */
export function hearablePath(reading: PathReading & { readonly from: number; readonly to: number }): Heards {
  const { alphas, angle, norms, from, to } = reading;
  const ranges = pathRanges(reading);
  const heightIn =
    ([least, most]: readonly [number, number]) =>
    (value: number) =>
      (value - least) / (most - least);
  const [least, most] = ranges.angle;
  const places = [...alphas];
  return {
    curves: [
      { name: say.cosine, shape: 'circle', places, values: [...angle].map(heightIn(ranges.angle)) },
      {
        name: say.length(short(ranges.norms[1])),
        shape: 'square',
        places,
        values: [...norms].map(heightIn(ranges.norms)),
      },
    ],
    from: laterStrings.axis.place(from, 'steps'),
    to: laterStrings.axis.place(to, 'steps'),
    read: (height) => least + height * (most - least),
    isElsewhere: true,
  };
}

function seenOf(
  { series, column, clock, unit = 1 }: ChartLine,
  axis: Across['axis'],
  [from, to]: Across['span'],
) {
  const places: number[] = [];
  const values: number[] = [];
  const placeOf = clock?.along(axis) ?? ((step: number) => step);
  for (let row = 0; row < series.length; row++) {
    const place = placeOf(series.columns[0][row]);
    if (place < from || place > to) continue;
    places.push(place);
    values.push(series.columns[column][row] / unit);
  }
  return { places, values };
}
