/** The picture of a GAN in the plane: real and generated samples over the discriminator's view. */
import { useEffect, useState } from 'react';
import { usePage, usePageState, useSpoken } from '../context.ts';
import { openHeat } from '../draw/heat.ts';
import { centred } from '../draw/plane.ts';
import { drawModes, drawReal, openDots, openGlide } from '../draw/points.ts';
import { FOUND_SHARE, factsOf } from '../facts.ts';
import { extentOf } from '../store.ts';
import { strings } from '../strings.ts';
import type { LanePicture } from './Pictures.tsx';
import { THIRTY_A_SECOND_MS, useCanvas } from './useCanvas.ts';

/** The sizes of samples on a picture whose shorter side is this long; they grow with its root. */
const USUAL_SIDE = 480;

export function SamplesPicture({ lane }: LanePicture) {
  const page = usePage();
  const record = page.recordOf(lane);
  const hidden = usePageState((state) => state.hidden);
  const game = usePageState((state) => state.experiment.game);
  const sentence = useSpoken(lane);
  const step = usePageState((state) => (state.playing ? -1 : lane.readout.step));
  const { picture } = factsOf(game);
  const extent = usePageState(extentOf);
  const [{ glide, heat, dots }] = useState(() => ({
    glide: openGlide(),
    heat: openHeat(),
    dots: openDots(),
  }));

  const generator = useGenerator(!hidden.has('manifold') || !hidden.has('pushes'));

  const canvas = useCanvas(({ context, width, height, palette, elapsedMs }) => {
    if (picture.kind !== 'samples') return;
    page.setAspect(width / height, lane.id);
    const { samples, discriminator, modes } = record.latest;
    const frame = centred(width, height, extent);
    if (!record.frame) {
      glide.clear();
      heat.clear();
    }
    if (samples) glide.aim(samples.reading.generated);
    if (discriminator) {
      const { logits, resolution } = discriminator.reading;
      heat.aim(logits, resolution, discriminator.reading.extent);
    }
    const isGliding = glide.advance(elapsedMs);
    const isWarming = !hidden.has('discriminator') && heat.advance(elapsedMs);
    if (!hidden.has('discriminator')) heat.draw(context, frame, palette);
    const size = Math.sqrt(Math.min(width, height) / USUAL_SIDE);
    if (samples && !hidden.has('real')) drawReal(context, frame, samples.reading.real, palette, 3.4 * size);
    if (picture.modes && modes && !hidden.has('modes')) {
      const { histogram, samples: counted } = modes.reading;
      drawModes(context, frame, picture.modes, (k) => histogram[k] >= FOUND_SHARE * counted, palette);
    }
    const { manifold, criticGradient } = record.latest;
    if (manifold && !hidden.has('manifold'))
      generator?.drawManifold(context, frame, manifold.reading, palette);
    if (samples && !hidden.has('generated')) {
      dots.draw(context, frame, glide.shown, palette, 2.9 * size);
    }
    if (criticGradient && !hidden.has('pushes')) {
      generator?.drawPushes(context, frame, criticGradient.reading, palette);
    }
    return isGliding || isWarming;
  }, THIRTY_A_SECOND_MS);

  return (
    <>
      <canvas
        ref={canvas}
        className="picture-canvas"
        role="img"
        aria-label={strings.pictureAlt.samples(sentence, step < 0 ? undefined : step)}
      />
      <div className="colour-bar" aria-hidden="true" data-off={hidden.has('discriminator') || undefined}>
        <span>{strings.layers.saysFake}</span>
        <i />
        <span>{strings.layers.saysReal}</span>
        <i className="undecided" />
        <span>{strings.layers.undecided}</span>
      </div>
    </>
  );
}

/** The drawing of layers that are hidden at first: loaded when one of them is shown. */
function useGenerator(isWanted: boolean) {
  const [drawing, setDrawing] = useState<typeof import('../draw/generator.ts')>();
  useEffect(() => {
    if (isWanted) import('../draw/generator.ts').then(setDrawing, () => {});
  }, [isWanted]);
  return drawing;
}
