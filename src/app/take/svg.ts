/** A drawing context that writes SVG: what `draw/` calls of CanvasRenderingContext2D, as elements that can be edited. */
import { stamps } from '../draw/stamp.ts';

export interface Svg {
  /** To be painted on. What it cannot do is noted in `missed` and left out: nothing throws. */
  readonly context: CanvasRenderingContext2D;
  /** Members that were asked for and are not there. */
  readonly missed: ReadonlySet<string>;
  /** The document, with a title and a description for those who do not see it. */
  text(title: string, description: string): string;
}

/** Measures text and reads colours, as the page itself does. */
export type Ruler = Pick<
  CanvasRenderingContext2D,
  'font' | 'fillStyle' | 'textAlign' | 'textBaseline' | 'measureText'
>;

/** What save and restore keep. */
interface State {
  fillStyle: string;
  strokeStyle: string;
  globalAlpha: number;
  lineWidth: number;
  lineCap: string;
  lineJoin: string;
  font: string;
  textAlign: CanvasTextAlign;
  textBaseline: CanvasTextBaseline;
  imageSmoothingEnabled: boolean;
  imageSmoothingQuality: string;
  dash: readonly number[];
  /** The id of the clip path, if one holds. */
  clip: string | undefined;
  right: number;
  down: number;
}

const first: State = {
  fillStyle: '#000000',
  strokeStyle: '#000000',
  globalAlpha: 1,
  lineWidth: 1,
  lineCap: 'butt',
  lineJoin: 'miter',
  font: '10px sans-serif',
  textAlign: 'start',
  textBaseline: 'alphabetic',
  imageSmoothingEnabled: true,
  imageSmoothingQuality: 'low',
  dash: [],
  clip: undefined,
  right: 0,
  down: 0,
};
const anchors = { start: 'start', left: 'start', center: 'middle', right: 'end', end: 'end' } as const;

/** Digits after the point: finer than any screen or print. */
const DIGITS = 2;
const FULL_TURN = 2 * Math.PI - 1e-9;

const digits = (value: number) => String(Number(value.toFixed(DIGITS)) + 0); // + 0: no minus zero
const escaped = (text: string) =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they may not stand in XML at all
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
const element = (name: string, attributes: Readonly<Record<string, string | undefined>>, inside?: string) => {
  const words = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(value as string)}"`);
  return `<${name}${words.join('')}${inside === undefined ? '/>' : `>${inside}</${name}>`}`;
};

/** A part of a picture, pixel by pixel, as a picture of its own. */
function partOf(image: HTMLCanvasElement, [x, y, wide, high]: readonly number[]): HTMLCanvasElement {
  const part = document.createElement('canvas');
  [part.width, part.height] = [wide, high];
  const context = part.getContext('2d', { willReadFrequently: true });
  if (wide > 0 && high > 0) context?.drawImage(image, x, y, wide, high, 0, 0, wide, high);
  return part;
}

/** An SVG of this size, in CSS pixels. */
export function openSvg(width: number, height: number, ruler: Ruler): Svg {
  let state: State = { ...first };
  const kept: State[] = [];
  /** Pieces of the path, as the `d` of a path; a whole circle or rectangle alone is remembered as such. */
  let path: string[] = [];
  let alone: string | undefined;
  let hasPoint = false;
  let body: string[] = [];
  /** The clip path of the group that is open. */
  let open: string | undefined;
  const defs: string[] = [];
  const clips = new Map<string, string>();
  const symbols = new Map<unknown, string>();
  const missed = new Set<string>();

  const areFinite = (...values: number[]) => values.every(Number.isFinite);
  const x = (value: number) => digits(value + state.right);
  const y = (value: number) => digits(value + state.down);

  function emit(markup: string): void {
    if (open !== state.clip) {
      if (open) body.push('</g>');
      if (state.clip) body.push(`<g clip-path="url(#${state.clip})">`);
      open = state.clip;
    }
    body.push(markup);
  }

  /** A colour as every reader of SVG knows it, and how much of it is seen. */
  function paintOf(name: 'fill' | 'stroke', colour: string): Record<string, string | undefined> {
    ruler.fillStyle = colour;
    const known = String(ruler.fillStyle);
    const [, channels, alpha] = /^rgba\((.*), ([\d.e-]+)\)$/.exec(known) ?? [undefined, undefined, '1'];
    const opacity = state.globalAlpha * Number(alpha);
    return {
      [name]: channels ? `rgb(${channels})` : known,
      [`${name}-opacity`]: opacity === 1 ? undefined : digits(opacity),
    };
  }
  const filling = () => paintOf('fill', state.fillStyle);
  const stroking = (): Record<string, string | undefined> => ({
    fill: 'none',
    ...paintOf('stroke', state.strokeStyle),
    'stroke-width': state.lineWidth === 1 ? undefined : digits(state.lineWidth),
    'stroke-linecap': state.lineCap === 'butt' ? undefined : state.lineCap,
    'stroke-linejoin': state.lineJoin === 'miter' ? undefined : state.lineJoin,
    'stroke-dasharray': state.dash.length > 0 ? state.dash.map(digits).join(' ') : undefined,
  });
  /** The path's own attributes come first, whatever it is filled or stroked with. */
  function emitPath(paint: Record<string, string | undefined>): void {
    if (path.length === 0) return;
    const look = element('x', paint).slice('<x'.length);
    emit(alone ? `${alone}${look}` : `<path d="${path.join('')}"${look}`);
  }

  function point(kind: 'M' | 'L', atX: number, atY: number): void {
    if (!areFinite(atX, atY)) return;
    alone = undefined;
    path.push(`${hasPoint ? kind : 'M'}${x(atX)} ${y(atY)}`);
    hasPoint = true;
  }
  function layRect(left: number, top: number, wide: number, high: number): void {
    if (!areFinite(left, top, wide, high)) return;
    const isFirst = path.length === 0;
    path.push(`M${x(left)} ${y(top)}h${digits(wide)}v${digits(high)}h${digits(-wide)}Z`);
    alone = isFirst ? rectAt(left, top, wide, high) : undefined;
    hasPoint = true;
  }
  /** The opening of a rectangle's element; sides may be given backwards. */
  function rectAt(left: number, top: number, wide: number, high: number): string {
    const corner = `x="${x(Math.min(left, left + wide))}" y="${y(Math.min(top, top + high))}"`;
    return `<rect ${corner} width="${digits(Math.abs(wide))}" height="${digits(Math.abs(high))}"`;
  }
  function layArc(midX: number, midY: number, radius: number, from: number, to: number): void {
    if (!areFinite(midX, midY, radius, from, to) || radius < 0) return;
    const at = (angle: number) =>
      `${x(midX + radius * Math.cos(angle))} ${y(midY + radius * Math.sin(angle))}`;
    const r = digits(radius);
    const isFirst = path.length === 0;
    alone = undefined;
    path.push(`${hasPoint ? 'L' : 'M'}${at(from)}`);
    if (Math.abs(to - from) >= FULL_TURN) {
      path.push(`A${r} ${r} 0 1 1 ${at(from + Math.PI)}A${r} ${r} 0 1 1 ${at(from)}`);
      if (isFirst) alone = `<circle cx="${x(midX)}" cy="${y(midY)}" r="${r}"`;
    } else {
      const turn = (((to - from) % (2 * Math.PI)) + 2 * Math.PI) % (2 * Math.PI);
      path.push(`A${r} ${r} 0 ${turn > Math.PI ? 1 : 0} 1 ${at(to)}`);
    }
    hasPoint = true;
  }

  function write(
    text: string,
    atX: number,
    atY: number,
    paint: Record<string, string | undefined>,
    most = Number.POSITIVE_INFINITY,
  ): void {
    if (!areFinite(atX, atY)) return;
    const { textBaseline, textAlign, font } = state;
    const [, style, weight, size, family] =
      /^(italic )?(\d+ )?([\d.]+)px (.+)$/s.exec(font) ?? ([font, '', '', '10', 'sans-serif'] as const);
    ruler.font = font;
    ruler.textAlign = 'left';
    // Readers of SVG differ in what they make of baselines: the usual one is reckoned out here.
    ruler.textBaseline = textBaseline;
    const above = ruler.measureText(text).actualBoundingBoxAscent;
    ruler.textBaseline = 'alphabetic';
    const { actualBoundingBoxAscent, width: wide } = ruler.measureText(text);
    emit(
      element(
        'text',
        {
          x: x(atX),
          y: y(atY - above + actualBoundingBoxAscent),
          'font-family': family.replace(/\s+/g, ' '),
          'font-size': digits(Number(size)),
          'font-style': style ? 'italic' : undefined,
          'font-weight': weight?.trim() || undefined,
          'text-anchor': anchors[textAlign] === 'start' ? undefined : anchors[textAlign],
          ...(wide > most && { textLength: digits(most), lengthAdjust: 'spacingAndGlyphs' }),
          ...paint,
        },
        escaped(text),
      ),
    );
  }

  /** What was drawn by lines and circles stays so, once for all the places where it is laid. */
  function symbolOf(draw: (context: CanvasRenderingContext2D) => void): string {
    const known = symbols.get(draw);
    if (known) return known;
    const id = `mark${symbols.size + 1}`;
    symbols.set(draw, id);
    const outside = { state, body, open, path, alone, hasPoint };
    state = { ...first };
    body = [];
    open = undefined;
    draw(context);
    if (open) body.push('</g>');
    defs.push(`<g id="${id}">${body.join('')}</g>`);
    ({ state, body, open, path, alone, hasPoint } = outside);
    return id;
  }

  const members = {
    /** Nothing of it is on a page. */
    canvas: { isConnected: false },
    save: () => void kept.push({ ...state }),
    restore() {
      state = kept.pop() ?? state;
    },
    translate(right: number, down: number) {
      state.right += right;
      state.down += down;
    },
    beginPath() {
      path = [];
      alone = undefined;
      hasPoint = false;
    },
    moveTo: (toX: number, toY: number) => point('M', toX, toY),
    lineTo: (toX: number, toY: number) => point('L', toX, toY),
    closePath() {
      if (hasPoint) path.push('Z');
    },
    rect: layRect,
    arc: layArc,
    fill: () => emitPath(filling()),
    stroke: () => emitPath(stroking()),
    clip() {
      const key = `${path.join('')} ${state.clip ?? ''}`;
      const id = clips.get(key) ?? `clip${clips.size + 1}`;
      if (!clips.has(key)) {
        clips.set(key, id);
        const within = state.clip && `url(#${state.clip})`;
        defs.push(element('clipPath', { id, 'clip-path': within }, `<path d="${path.join('')}"/>`));
      }
      state.clip = id;
    },
    fillRect(left: number, top: number, wide: number, high: number) {
      if (!areFinite(left, top, wide, high)) return;
      emit(`${rectAt(left, top, wide, high)}${element('x', filling()).slice('<x'.length)}`);
    },
    strokeRect(left: number, top: number, wide: number, high: number) {
      if (!areFinite(left, top, wide, high)) return;
      emit(`${rectAt(left, top, wide, high)}${element('x', stroking()).slice('<x'.length)}`);
    },
    fillText: (text: string, atX: number, atY: number, most?: number) =>
      write(text, atX, atY, filling(), most),
    strokeText: (text: string, atX: number, atY: number, most?: number) =>
      write(text, atX, atY, stroking(), most),
    measureText(text: string) {
      ruler.font = state.font;
      ruler.textAlign = state.textAlign;
      ruler.textBaseline = state.textBaseline;
      return ruler.measureText(text);
    },
    setLineDash(dash: readonly number[]) {
      state.dash = [...dash];
    },
    getLineDash: () => [...state.dash],
    drawImage(given: HTMLCanvasElement, ...numbers: number[]) {
      if (!areFinite(...numbers)) return;
      // Place, place and size, or a part of the picture before both.
      if (![2, 4, 8].includes(numbers.length)) {
        missed.add(`drawImage with ${numbers.length} numbers`);
        return;
      }
      const image = numbers.length === 8 ? partOf(given, numbers) : given;
      const [left, top, wide = image.width, high = image.height] =
        numbers.length === 8 ? numbers.slice(4) : numbers;
      const opacity = state.globalAlpha === 1 ? undefined : digits(state.globalAlpha);
      const place = { x: x(left), y: y(top) };
      const draw = stamps.get(image);
      if (draw) {
        emit(element('use', { 'xlink:href': `#${symbolOf(draw)}`, ...place, opacity }));
        return;
      }
      if (image.width === 0 || image.height === 0) return;
      emit(
        element('image', {
          ...place,
          width: digits(wide),
          height: digits(high),
          preserveAspectRatio: 'none',
          'image-rendering': state.imageSmoothingEnabled ? undefined : 'pixelated',
          opacity,
          'xlink:href': image.toDataURL('image/png'),
        }),
      );
    },
    /** More than a canvas can: an outline in the words of SVG, such as those of the page's own signs. */
    outline(d: string, scale: number, isFilled: boolean) {
      const { right, down } = state;
      const at = { transform: `translate(${digits(right)} ${digits(down)}) scale(${digits(scale)})` };
      emit(element('path', { d, ...at, ...(isFilled ? filling() : stroking()) }));
    },
  };

  const context = new Proxy(members, {
    get(target, name) {
      if (name in target) return target[name as keyof typeof target];
      if (name in state) return state[name as keyof State];
      if (typeof name === 'string') missed.add(name);
      return () => {};
    },
    set(_, name, value) {
      if (name in state) (state as unknown as Record<string | symbol, unknown>)[name] = value;
      else missed.add(String(name));
      return true;
    },
  }) as unknown as CanvasRenderingContext2D;

  return {
    context,
    missed,
    text(title, description) {
      const size = { width: digits(width), height: digits(height) };
      const head = `<title>${escaped(title)}</title><desc>${escaped(description)}</desc>`;
      const inside = [head, '<defs>', ...defs, '</defs>', ...body, open ? '</g>' : ''];
      return `<?xml version="1.0" encoding="UTF-8"?>\n${element(
        'svg',
        {
          xmlns: 'http://www.w3.org/2000/svg',
          'xmlns:xlink': 'http://www.w3.org/1999/xlink',
          ...size,
          viewBox: `0 0 ${size.width} ${size.height}`,
          role: 'img',
        },
        inside.join('\n'),
      )}\n`;
    },
  };
}
