/** Brings pictures of any size to one square: cropped to the middle, means over areas, grey or in colour. */
import type { ImageSize } from '../../kinds.ts';
import type { Frames } from './frames.ts';

/** ITU-R BT.601: how bright red, green and blue look. */
const LUMA = [0.299, 0.587, 0.114] as const;

/**
 * Writes one picture, row by row with its channels innermost, into `out` [side side channels] from `to` on. A pixel
 * is the mean of what it covers of the old ones.
 */
export function toSquare(
  { width, height, channels }: Pick<Frames, 'width' | 'height' | 'channels'>,
  pixels: Uint8Array,
  { side, channels: wanted }: ImageSize,
  out: Uint8Array,
  to: number,
): void {
  const old = Math.min(width, height);
  const [left, top] = [Math.floor((width - old) / 2), Math.floor((height - old) / 2)];
  const spans = spansOf(old, side);
  const sums = new Float64Array(channels);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      sums.fill(0);
      for (const row of spans[y]) {
        for (const column of spans[x]) {
          const share = row.share * column.share;
          const from = ((top + row.at) * width + left + column.at) * channels;
          for (let channel = 0; channel < channels; channel++)
            sums[channel] += share * pixels[from + channel];
        }
      }
      const at = to + (y * side + x) * wanted;
      const grey = channels === 1 ? sums[0] : LUMA[0] * sums[0] + LUMA[1] * sums[1] + LUMA[2] * sums[2];
      if (wanted === 1) out[at] = Math.round(grey);
      else
        for (let channel = 0; channel < 3; channel++)
          out[at + channel] = Math.round(sums[channels === 1 ? 0 : channel]);
    }
  }
}

type Span = readonly { readonly at: number; readonly share: number }[];
const known = new Map<number, readonly Span[]>();

/** For each of `side` new pixels along a line, which of the `old` ones it covers, in shares that add up to 1. */
function spansOf(old: number, side: number): readonly Span[] {
  const key = old * 64 + side;
  let spans = known.get(key);
  if (!spans) {
    spans = Array.from({ length: side }, (_, fresh) => {
      const [begin, end] = [(fresh * old) / side, ((fresh + 1) * old) / side];
      const covered = [];
      for (let at = Math.floor(begin); at < Math.min(old, Math.ceil(end)); at++) {
        const share = (Math.min(end, at + 1) - Math.max(begin, at)) / (end - begin);
        if (share > 0) covered.push({ at, share });
      }
      return covered;
    });
    known.set(key, spans);
  }
  return spans;
}
