/** The picture of a matrix game: both players' mixed strategies in the triangle of three actions. */
import { usePage, usePageState, useSpoken } from '../context.ts';
import { drawEquilibria } from '../draw/field.ts';
import { drawStrategy, drawStrategyTrail, drawTriangle, triangleIn } from '../draw/simplex.ts';
import { factsOf, MIDDLE } from '../facts.ts';
import { laterStrings } from '../laterStrings.ts';
import { strings } from '../strings.ts';
import type { LanePicture } from './Pictures.tsx';
import { useCanvas } from './useCanvas.ts';

export function SimplexPicture({ lane }: LanePicture) {
  const page = usePage();
  const record = page.recordOf(lane);
  const hidden = usePageState((state) => state.hidden);
  const game = usePageState((state) => state.experiment.game);
  const sentence = useSpoken(lane);
  const step = usePageState((state) => (state.playing ? -1 : lane.readout.step));
  const { picture } = factsOf(game);

  const canvas = useCanvas(({ context, width, height, palette }) => {
    if (picture.kind !== 'simplex') return;
    const { strategies } = record;
    const triangle = triangleIn(width, height, palette.textSize);
    drawTriangle(context, triangle, picture.actions, palette);
    const [x, y] = triangle.at(MIDDLE, MIDDLE, MIDDLE);
    drawEquilibria(
      context,
      { x: () => x, y: () => y },
      [{ point: [0, 0], label: strings.layers.equilibrium }],
      palette,
    );
    const players = [
      { layer: 'first', column: 1, colour: palette.generator, shape: 'circle' },
      { layer: 'second', column: 4, colour: palette.discriminator, shape: 'square' },
    ] as const;
    const shown = players.filter(({ layer }) => !hidden.has(layer));
    for (const { column, colour } of shown) {
      drawStrategyTrail(context, triangle, strategies, column, colour, palette);
    }
    const newest = record.latest.strategies?.reading;
    if (!newest) return;
    for (const { layer, colour, shape } of shown) {
      const [rock, paper, scissors] = newest[layer];
      drawStrategy(context, triangle.at(rock, paper, scissors), shape, colour, palette);
    }
    return undefined;
  });

  const newest = record.latest.strategies?.reading;
  return (
    <canvas
      ref={canvas}
      className="picture-canvas"
      role="img"
      aria-label={laterStrings.pictureAlt.simplex(
        picture.kind === 'simplex' ? picture.actions : [],
        newest && [newest.first, newest.second],
        sentence,
        step < 0 ? undefined : step,
      )}
    />
  );
}
