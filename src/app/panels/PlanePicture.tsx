/** The picture of an analytic game: the plane of both players' parameters, its field, and the path of the run. */
import { type MouseEvent, useRef, useState } from 'react';
import { useHeard, usePage, usePageState } from '../context.ts';
import {
  drawAverage,
  drawAxes,
  drawEnds,
  drawEquilibria,
  drawNote,
  drawTrail,
  openStreams,
} from '../draw/field.ts';
import { paletteOf } from '../draw/palette.ts';
import { centred, type Frame2D } from '../draw/plane.ts';
import { laneShapes } from '../draw/shapes.ts';
import { factsOf } from '../facts.ts';
import { averages, change } from '../store.ts';
import { strings } from '../strings.ts';
import { PartControl } from './PartControl.tsx';
import { useCanvas } from './useCanvas.ts';

export function PlanePicture() {
  const page = usePage();
  const heard = useHeard();
  const hidden = usePageState((state) => state.hidden);
  const game = usePageState((state) => state.experiment.game);
  const sentence = usePageState((state) => state.readout.spoken);
  const step = usePageState((state) => (state.playing ? -1 : state.readout.step));
  const { equilibria } = factsOf(game);
  const start = 'start' in game ? game.start : undefined;
  const [drawStreams] = useState(openStreams);
  const shown = useRef<Frame2D>(null);

  const canvas = useCanvas(({ context, width, height, palette, elapsedMs }) => {
    page.setAspect(width / height);
    const isMoving = page.plane.advance(elapsedMs);
    const { latest } = page.record;
    const frame = centred(width, height, page.plane.view.extent);
    shown.current = frame;
    if (latest.vectorField && !hidden.has('field')) {
      drawStreams(context, frame, latest.vectorField.reading, palette);
    }
    drawAxes(context, frame, palette, strings.plane);
    drawEquilibria(context, frame, equilibria, palette);
    const lanes = heard.map((lane) => ({
      record: page.recordOf(lane),
      isAveraging: averages(lane),
      colours: paletteOf(palette, lane),
      shape: laneShapes[lane.colour],
    }));
    if (!hidden.has('path')) {
      for (const { record, colours } of lanes) drawTrail(context, frame, record.trail, colours);
    }
    let point: readonly [number, number] | undefined;
    for (const { record, isAveraging, colours, shape } of lanes) {
      const { trail } = record;
      const last = trail.length - 1;
      point = last >= 0 ? ([trail.theta(last), trail.phi(last)] as const) : undefined;
      drawEnds(context, frame, start, point, colours, shape);
      const average = record.latest.point?.reading;
      if (isAveraging && average && !hidden.has('average')) drawAverage(context, frame, average, colours);
    }
    const isInside = (at: readonly number[]) =>
      Math.abs(at[0]) * frame.scale <= width / 2 && Math.abs(at[1]) * frame.scale <= height / 2;
    if (point && !isMoving && !isInside(point)) drawNote(context, frame, strings.plane.offMap, palette);
    return isMoving;
  });

  function startAt(event: MouseEvent<HTMLCanvasElement>): void {
    const frame = shown.current;
    if (!start || !frame) return;
    const box = event.currentTarget.getBoundingClientRect();
    // To the pixel: more digits would only make the link long.
    const digits = Math.max(0, Math.ceil(Math.log10(frame.scale)));
    const round = (value: number) => Number(value.toFixed(Math.min(digits, 12)));
    const [theta, phi] = frame.at(event.clientX - box.left, event.clientY - box.top);
    change(page.store, 'game.start', [round(theta), round(phi)]);
  }

  return (
    <>
      <canvas
        ref={canvas}
        className="picture-canvas"
        data-draggable={start !== undefined || undefined}
        role="img"
        aria-label={strings.pictureAlt.plane(sentence, step < 0 ? undefined : step)}
        title={start && strings.plane.drag}
        onPointerDown={(event) => {
          if (event.pointerType === 'touch') return;
          event.currentTarget.setPointerCapture(event.pointerId);
          if (event.buttons & 1) startAt(event);
        }}
        onPointerMove={(event) => {
          if (event.pointerType !== 'touch' && event.buttons & 1) startAt(event);
        }}
        // A finger that moves scrolls the page; one that taps means the place.
        onClick={(event) => {
          if ((event.nativeEvent as globalThis.PointerEvent).pointerType === 'touch') startAt(event);
        }}
      />
      <button type="button" className="quiet fit" onClick={() => page.plane.fit()}>
        {strings.plane.fit}
      </button>
      {!hidden.has('field') && <PartControl />}
    </>
  );
}
