/** The picture of an analytic game: the plane of both players' parameters, its field, and the path of the run. */
import { type MouseEvent, useRef, useState } from 'react';
import { usePage, usePageState } from '../context.ts';
import {
  drawAverage,
  drawAxes,
  drawEnds,
  drawEquilibria,
  drawNote,
  drawTrail,
  openStreams,
} from '../draw/field.ts';
import { centred, type Frame2D } from '../draw/plane.ts';
import { factsOf } from '../facts.ts';
import { averages, change } from '../store.ts';
import { strings } from '../strings.ts';
import { Legend } from './Legend.tsx';
import { useCanvas } from './useCanvas.ts';

export function PlanePicture() {
  const page = usePage();
  const hidden = usePageState((state) => state.hidden);
  const game = usePageState((state) => state.experiment.game);
  const sentence = usePageState((state) => state.readout.spoken);
  const step = usePageState((state) => (state.playing ? -1 : state.readout.step));
  const isAveraging = usePageState(averages);
  const { equilibria } = factsOf(game);
  const start = 'start' in game ? game.start : undefined;
  const [drawStreams] = useState(openStreams);
  const shown = useRef<Frame2D>(null);

  const canvas = useCanvas(({ context, width, height, palette, elapsedMs }) => {
    page.setAspect(width / height);
    const isMoving = page.plane.advance(elapsedMs);
    const { trail, latest } = page.record;
    const frame = centred(width, height, page.plane.view.extent);
    shown.current = frame;
    if (latest.vectorField && !hidden.has('field')) {
      drawStreams(context, frame, latest.vectorField.reading, palette);
    }
    drawAxes(context, frame, palette, strings.plane);
    drawEquilibria(context, frame, equilibria, palette);
    if (!hidden.has('path')) drawTrail(context, frame, trail, palette);
    const last = trail.length - 1;
    const point = last >= 0 ? ([trail.theta(last), trail.phi(last)] as const) : undefined;
    drawEnds(context, frame, start, point, palette);
    const average = latest.point?.reading;
    if (isAveraging && average && !hidden.has('average')) drawAverage(context, frame, average, palette);
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
      <Legend layers={['field', 'path', ...(isAveraging ? (['average'] as const) : [])]} />
      <button type="button" className="quiet fit" onClick={() => page.plane.fit()}>
        {strings.plane.fit}
      </button>
    </>
  );
}
