/** The field on a plane through any run: arrows of motion, where the run has been, and where the flow would go. */
import { useState } from 'react';
import { partSetting, planeSettings } from '../../analysis/choices.ts';
import { usePage, usePageState } from '../context.ts';
import { openStreams } from '../draw/field.ts';
import { type Palette, strokeOf } from '../draw/palette.ts';
import { centred, type Frame2D } from '../draw/plane.ts';
import { laneShapes, layShape } from '../draw/shapes.ts';
import { laterStrings } from '../laterStrings.ts';
import { changeProbe, laneOf } from '../store.ts';
import { strings } from '../strings.ts';
import { Figure } from './Figure.tsx';
import { Pick } from './Pick.tsx';
import { panelStrings } from './strings.ts';
import { useReading } from './useNews.ts';

const say = panelStrings.dynamics;

/** Streams are drawn along -F: arrows of motion are turned round for them, once for each reading. */
function openArrows() {
  const draw = openStreams();
  let turned: { of?: Float64Array; values: Float64Array } = { values: new Float64Array(0) };
  return (
    context: CanvasRenderingContext2D,
    frame: Frame2D,
    reading: { centre: Float64Array; extent: number; resolution: number; values: Float64Array },
    palette: Palette,
  ) => {
    if (turned.of !== reading.values) {
      const { centre, extent, resolution, values } = reading;
      turned = { of: values, ...{ centre, extent, resolution }, values: values.map((value) => -value) };
    }
    draw(context, frame, turned as never, palette);
  };
}

export function Slice() {
  const page = usePage();
  const { store } = page;
  const colour = usePageState((state) => laneOf(state, state.selected).colour);
  const settings = usePageState((state) => state.probes.slice);
  const [drawArrows] = useState(openArrows);
  const reading = useReading('slice');
  const words =
    reading &&
    say.sliceWords(
      reading.share.reduce((sum, value) => sum + value, 0) / reading.share.length,
      reading.random.some(Boolean),
    );
  const pick = (
    label: string,
    name: 'plane' | 'part',
    setting: { options: Record<string, string>; default: string },
  ) => (
    <Pick
      label={label}
      options={setting.options}
      value={String(settings?.[name] ?? setting.default)}
      onChange={(value) => changeProbe(store, 'slice', { ...settings, [name]: value })}
    />
  );
  return (
    <Figure
      title={strings.panels.slice}
      note={reading && say.ofStep(reading.step)}
      words={words}
      alt={words ? say.sliceAlt(words) : `${strings.panels.slice}: ${laterStrings.charts.waiting}.`}
      step={page.record.latest.slice?.step}
      paint={({ context, width, height, palette }) => {
        const { slice: taken, gradientFlow } = page.record.latest;
        if (!taken) return undefined;
        const now = taken.reading;
        const frame = centred(width, height, now.extent);
        drawArrows(context, frame, now, palette);
        const lane = palette.lanes[colour];
        const unit = strokeOf(palette);
        line(context, frame, now.trail.positions, lane, 1.4 * unit, [2, 4]);
        const flow = gradientFlow?.reading;
        if (flow && flow.plane === now.plane) {
          line(context, frame, flow.flow.positions, palette.ink, 1.2 * unit, []);
          line(context, frame, flow.run.positions, lane, 2.6 * unit, []);
        }
        layShape(context, laneShapes[colour], frame.x(now.here[0]), frame.y(now.here[1]), 5 * unit);
        context.fillStyle = lane;
        context.fill();
        return undefined;
      }}
    >
      {pick(say.plane, 'plane', planeSettings.plane)}
      {pick(say.part, 'part', partSetting.part)}
    </Figure>
  );
}

/** A broken or whole line through positions [count, 2]. */
function line(
  context: CanvasRenderingContext2D,
  frame: Frame2D,
  positions: Float64Array,
  colour: string,
  width: number,
  dash: readonly number[],
): void {
  context.beginPath();
  for (let i = 0; i < positions.length; i += 2) {
    if (Number.isFinite(positions[i]) && Number.isFinite(positions[i + 1])) {
      context.lineTo(frame.x(positions[i]), frame.y(positions[i + 1]));
    }
  }
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.lineJoin = 'round';
  context.setLineDash([...dash]);
  context.stroke();
  context.setLineDash([]);
}
