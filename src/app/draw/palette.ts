/** The page's colours as the drawing code needs them: read from the style sheet, so there is one source. */
import { laneShapes } from './shapes.ts';

export type Channels = readonly [red: number, green: number, blue: number];

export interface Palette {
  readonly ink: string;
  readonly muted: string;
  readonly faint: string;
  readonly line: string;
  readonly paper: string;
  readonly page: string;
  readonly generator: string;
  readonly discriminator: string;
  /** The colour of the lane that is drawn, and those of all. */
  readonly lane: string;
  readonly lanes: readonly string[];
  readonly field: string;
  readonly warning: string;
  /** Ends and middle of the diverging map: certainly fake, undecided, certainly real. */
  readonly fake: Channels;
  readonly undecided: Channels;
  readonly real: Channels;
  readonly sans: string;
  readonly serif: string;
  /** The root's type size in CSS pixels: text in pictures grows with the page. */
  readonly textSize: number;
  /** How much broader lines are than that makes them: on a projector, thin ones are not seen from the last row. */
  readonly stroke?: number;
}

export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const value = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const channels = (name: string) => channelsOf(value(name));
  return {
    ink: value('ink'),
    muted: value('muted'),
    faint: value('faint'),
    line: value('line'),
    paper: value('paper'),
    page: value('page'),
    generator: value('generator'),
    discriminator: value('discriminator'),
    lane: value('lane-1'),
    lanes: laneShapes.map((_, i) => value(`lane-${i + 1}`)),
    field: value('field'),
    warning: value('warning'),
    fake: channels('heat-fake'),
    undecided: channels('heat-undecided'),
    real: channels('heat-real'),
    sans: value('sans'),
    serif: value('serif'),
    textSize: Number.parseFloat(getComputedStyle(document.documentElement).fontSize),
    stroke: Number.parseFloat(value('stroke')) || 1,
  };
}

/** The channels of `#rgb` or `#rrggbb`, as the style sheet writes colours and as it is shortened. */
export function channelsOf(colour: string): Channels {
  const digits = colour.replace('#', '');
  const width = digits.length / 3;
  const channel = (i: number) =>
    Number.parseInt(digits.slice(i * width, (i + 1) * width).padStart(2, digits[i * width]), 16);
  return [channel(0), channel(1), channel(2)];
}

/** How much broader lines are than on a laptop: a projector's type is larger, and so are its strokes. */
export const strokeOf = ({ textSize, stroke = 1 }: Pick<Palette, 'textSize' | 'stroke'>): number =>
  (stroke * textSize) / 16;

/** The palette with which a lane is drawn. */
export const paletteOf = (palette: Palette, { colour }: { readonly colour: number }): Palette => ({
  ...palette,
  lane: palette.lanes[colour],
});
