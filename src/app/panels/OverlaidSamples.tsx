/** The samples of all lanes in one picture, in their colours and shapes; the rest is the selected lane's. */
import { useState } from 'react';
import { useHeard, usePage, usePageState } from '../context.ts';
import { drawManifold, drawPushes } from '../draw/generator.ts';
import { openHeat } from '../draw/heat.ts';
import { centred } from '../draw/plane.ts';
import { drawModes, drawReal, openDots, openGlide } from '../draw/points.ts';
import { laneShapes } from '../draw/shapes.ts';
import { FOUND_SHARE, factsOf } from '../facts.ts';
import { LaneMark } from '../LaneMark.tsx';
import { laterStrings } from '../laterStrings.ts';
import { extentOf } from '../store.ts';
import { THIRTY_A_SECOND_MS, useCanvas } from './useCanvas.ts';

/** The sizes of samples on a picture whose shorter side is this long; they grow with its root. */
const USUAL_SIDE = 480;

export function OverlaidSamples() {
  const page = usePage();
  const heard = useHeard();
  const hidden = usePageState((state) => state.hidden);
  const game = usePageState((state) => state.experiment.game);
  const selected = usePageState((state) => state.selected);
  const { picture } = factsOf(game);
  const extent = usePageState(extentOf);
  const playing = usePageState((state) => state.playing);
  const isAsked = usePageState((state) => state.isAsked);
  /** Whose discriminator is seen: of a lane that is drawn. */
  const shown = heard.find(({ id }) => id === selected) ?? heard[0];
  const [{ heat, clouds }] = useState(() => ({
    heat: openHeat(),
    clouds: new Map<number, { glide: ReturnType<typeof openGlide>; dots: ReturnType<typeof openDots> }>(),
  }));
  const cloudOf = (id: number) => {
    const cloud = clouds.get(id) ?? { glide: openGlide(), dots: openDots() };
    clouds.set(id, cloud);
    return cloud;
  };

  const canvas = useCanvas(({ context, width, height, palette, elapsedMs }) => {
    if (picture.kind !== 'samples' || !shown) return false;
    page.setAspect(width / height);
    const frame = centred(width, height, extent);
    const { latest, frame: taken } = page.recordOf(shown);
    const { discriminator, samples, modes, manifold, criticGradient } = latest;
    if (!taken) heat.clear();
    if (discriminator) {
      const { logits, resolution } = discriminator.reading;
      heat.aim(logits, resolution, discriminator.reading.extent);
    }
    let isMoving = false;
    if (!hidden.has('discriminator')) {
      isMoving = heat.advance(elapsedMs);
      heat.draw(context, frame, palette);
    }
    const size = Math.sqrt(Math.min(width, height) / USUAL_SIDE);
    if (samples && !hidden.has('real')) drawReal(context, frame, samples.reading.real, palette, 3.4 * size);
    if (picture.modes && modes && !hidden.has('modes')) {
      const { histogram, samples: counted } = modes.reading;
      drawModes(context, frame, picture.modes, (k) => histogram[k] >= FOUND_SHARE * counted, palette);
    }
    if (manifold && !hidden.has('manifold')) drawManifold(context, frame, manifold.reading, palette);
    for (const lane of heard) {
      const record = page.recordOf(lane);
      const { glide, dots } = cloudOf(lane.id);
      if (!record.frame) glide.clear();
      if (record.latest.samples) glide.aim(record.latest.samples.reading.generated);
      isMoving = glide.advance(elapsedMs) || isMoving;
      if (hidden.has('generated')) continue;
      const mark = { shape: laneShapes[lane.colour], colour: palette.lanes[lane.colour] };
      dots.draw(context, frame, glide.shown, palette, 2.9 * size, mark);
    }
    if (criticGradient && !hidden.has('pushes')) drawPushes(context, frame, criticGradient.reading, palette);
    return isMoving;
  }, THIRTY_A_SECOND_MS);

  if (!shown) return null;
  const say = laterStrings.overlay;
  return (
    <figure className="multiple">
      <figcaption>
        {heard.map((lane) => (
          <strong className="overlaid-lane" key={lane.id}>
            <LaneMark colour={lane.colour} />
            {page.nameOf(lane)}
          </strong>
        ))}
        <span className="overlaid-note">{say.whose(page.nameOf(shown))}</span>
      </figcaption>
      <div className="multiple-picture">
        <canvas
          ref={canvas}
          className="picture-canvas"
          role="img"
          aria-label={say.alt(
            heard
              .map((lane) => (isAsked ? page.nameOf(lane) : `${page.nameOf(lane)}: ${lane.readout.spoken}`))
              .join(' '),
            playing ? undefined : shown.readout.step,
          )}
        />
      </div>
    </figure>
  );
}

/** A picture for each lane, or one for all. */
export function OverlaySwitch() {
  const { store } = usePage();
  const isOverlaid = usePageState((state) => state.isOverlaid);
  const say = laterStrings.overlay;
  const button = (value: boolean, words: string) => (
    <button
      type="button"
      className="quiet tiny"
      aria-pressed={isOverlaid === value}
      onClick={() => store.setState({ isOverlaid: value })}
    >
      {words}
    </button>
  );
  return (
    <fieldset className="segments overlay-switch" aria-label={say.label}>
      {button(false, say.lanes)}
      {button(true, say.overlaid)}
    </fieldset>
  );
}
