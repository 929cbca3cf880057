/** The picture of an analytic game: the plane of both players' parameters, its field, and the path of the run. */
import { type KeyboardEvent, type MouseEvent, useId, useRef, useState } from 'react';
import { useHeard, usePage, usePageState, useSpoken } from '../context.ts';
import {
  drawAverage,
  drawAxes,
  drawEnds,
  drawEquilibria,
  drawGhosts,
  drawNote,
  drawTrail,
  nameAxes,
  openStreams,
} from '../draw/field.ts';
import { paletteOf } from '../draw/palette.ts';
import { centred, type Frame2D } from '../draw/plane.ts';
import { drawCurves, drawRest } from '../draw/rest.ts';
import { laneShapes } from '../draw/shapes.ts';
import { coordinateNames, factsOf } from '../facts.ts';
import { laterStrings } from '../laterStrings.ts';
import { averages, change } from '../store.ts';
import { Legend } from './Legend.tsx';
import { PartControl } from './PartControl.tsx';
import { planeStrings } from './planeStrings.ts';
import { useCanvas } from './useCanvas.ts';

/** Points of rest of the game before a change, until those of the present one are found. */
const OLD = 0.3;
/** An arrow key moves the start by this share of the way from the middle to the edge. */
const KEY_SHARE = 0.05;

export function PlanePicture() {
  const page = usePage();
  const heard = useHeard();
  const hidden = usePageState((state) => state.hidden);
  const game = usePageState((state) => state.experiment.game);
  const sentence = useSpoken({ readout: usePageState((state) => state.readout) });
  const step = usePageState((state) => (state.playing ? -1 : state.readout.step));
  const isAveraging = usePageState(averages);
  const part = usePageState(({ probes }) => String(probes.vectorField?.part ?? 'field'));
  const { equilibria } = factsOf(game);
  const start = 'start' in game ? game.start : undefined;
  const [drawStreams] = useState(openStreams);
  const shown = useRef<Frame2D>(null);
  const hint = useId();

  const canvas = useCanvas(({ context, width, height, palette, elapsedMs }) => {
    page.setAspect(width / height);
    const isMoving = page.plane.advance(elapsedMs);
    const { latest } = page.record;
    const frame = centred(width, height, page.plane.view.extent);
    shown.current = frame;
    if (latest.vectorField && !hidden.has('field')) {
      drawStreams(context, frame, latest.vectorField.reading, palette);
    }
    drawAxes(context, frame, palette);
    const rest = latest.equilibria?.reading;
    if (!hidden.has('equilibria')) {
      if (rest) {
        context.globalAlpha = page.isRestKnown ? 1 : OLD;
        drawCurves(context, frame, rest.curves, palette);
        drawRest(context, frame, rest.points, palette);
        context.globalAlpha = 1;
      } else drawEquilibria(context, frame, equilibria, palette);
    }
    const lanes = heard.map((lane) => ({
      record: page.recordOf(lane),
      isAveraging: averages(lane),
      colours: paletteOf(palette, lane),
      shape: laneShapes[lane.colour],
    }));
    if (!hidden.has('path')) {
      for (const { record, colours } of lanes) drawGhosts(context, frame, record.ghosts.paths, colours);
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
    const [theta, phi] = coordinateNames(game);
    const { axes } = laterStrings.plane;
    nameAxes(context, frame, palette, { theta: axes.generator(theta), phi: axes.discriminator(phi) });
    const isInside = (at: readonly number[]) =>
      Math.abs(at[0]) * frame.scale <= width / 2 && Math.abs(at[1]) * frame.scale <= height / 2;
    if (point && !isMoving && !isInside(point)) drawNote(context, frame, laterStrings.plane.offMap, palette);
    return isMoving;
  });

  /** As it was painted, or is about to be: on a busy machine the first painting comes after the first press. */
  const frameOf = ({ clientWidth, clientHeight }: HTMLCanvasElement): Frame2D =>
    shown.current ?? centred(clientWidth, clientHeight, page.plane.view.extent);
  function startAt({ currentTarget, clientX, clientY }: MouseEvent<HTMLCanvasElement>): void {
    const { left, top } = currentTarget.getBoundingClientRect();
    put(frameOf(currentTarget).at(clientX - left, clientY - top), currentTarget);
  }
  function put([theta, phi]: readonly [number, number], picture: HTMLCanvasElement): void {
    if (!start) return;
    // To the pixel: more digits would only make the link long.
    const digits = Math.max(0, Math.ceil(Math.log10(frameOf(picture).scale)));
    const round = (value: number) => Number(value.toFixed(Math.min(digits, 12)));
    change(page.store, 'game.start', [round(theta), round(phi)]);
  }
  /** What was launched before stays to be seen. */
  function keepPaths(): void {
    if (!start) return;
    for (const lane of heard) {
      const { ghosts, trail } = page.recordOf(lane);
      ghosts.keep(trail);
    }
  }
  /** A press launches a trajectory; who pulls the start about lets go first. */
  const launch = () => start && page.play();
  function press(event: KeyboardEvent<HTMLCanvasElement>): void {
    if (!start || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const by = KEY_SHARE * page.plane.view.extent;
    const moves: Record<string, readonly [number, number]> = {
      ArrowLeft: [-by, 0],
      ArrowRight: [by, 0],
      ArrowUp: [0, by],
      ArrowDown: [0, -by],
    };
    // Before a class, left and right are the next scene and the one before.
    if (page.store.getState().turnsScenes && /^Arrow(Left|Right)$/.test(event.key)) return;
    const move = moves[event.key];
    if (move) {
      keepPaths();
      put([start[0] + move[0], start[1] + move[1]], event.currentTarget);
    } else if (event.key === 'Enter') launch();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <>
      <canvas
        ref={canvas}
        className="picture-canvas"
        data-draggable={start !== undefined || undefined}
        role={start ? 'application' : 'img'}
        aria-roledescription={start && planeStrings.picture}
        tabIndex={start && 0}
        aria-label={laterStrings.pictureAlt.plane(sentence, step < 0 ? undefined : step)}
        aria-describedby={start && hint}
        title={start && laterStrings.plane.drag}
        onKeyDown={press}
        onPointerDown={(event) => {
          if (event.pointerType === 'touch') return;
          event.currentTarget.setPointerCapture(event.pointerId);
          if (!(event.buttons & 1)) return;
          keepPaths();
          startAt(event);
        }}
        onPointerMove={(event) => {
          if (event.pointerType !== 'touch' && event.buttons & 1) startAt(event);
        }}
        onPointerUp={(event) => {
          const { currentTarget, pointerId, pointerType } = event;
          if (pointerType !== 'touch' && currentTarget.hasPointerCapture(pointerId)) launch();
        }}
        // A finger that moves scrolls the page; one that taps means the place.
        onClick={(event) => {
          if ((event.nativeEvent as globalThis.PointerEvent).pointerType !== 'touch') return;
          keepPaths();
          startAt(event);
          launch();
        }}
      />
      {start && (
        <p className="plane-hint" id={hint}>
          {planeStrings.hint} <span className="hidden">{planeStrings.keys}</span>
        </p>
      )}
      <button type="button" className="quiet fit" onClick={() => page.plane.fit()}>
        {laterStrings.plane.fit}
      </button>
      {!hidden.has('field') && <PartControl />}
      <Legend
        layers={['field', 'path', 'equilibria', ...(isAveraging ? (['average'] as const) : [])]}
        names={{ field: laterStrings.parts.drawn[part] }}
      />
    </>
  );
}
