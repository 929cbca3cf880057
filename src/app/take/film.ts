/** Films of the picture: pictures are taken while the run plays, and become a GIF or a video when it is enough. */
import type { Page } from '../page.ts';
import type { GifAnswer, GifCommand } from './gifWorker.ts';
import { captionOf, heardOf } from './name.ts';
import { type Layout, layOut, paintStill } from './paintSheet.ts';
import { pictureFrame, type Sheet, sheetOf } from './sheet.ts';
import { takeStrings } from './strings.ts';

export type FilmFormat = 'gif' | 'video';

/** A film that is being recorded. */
export interface Recording {
  /** Of the film so far. */
  readonly seconds: number;
  /** Ends by itself, too, when it is as long as it may be. */
  stop(): void;
  /** The file; undefined where the run never moved. Rejects with an Error that says why there is none. */
  readonly finished: Promise<{ readonly blob: Blob; readonly ending: string } | undefined>;
}

/** The longest film, in seconds, and how often a picture is taken. */
export const LONGEST_S: Record<FilmFormat, number> = { gif: 20, video: 60 };
const EVERY_MS: Record<FilmFormat, number> = { gif: 100, video: 40 };
/** The longer side, in pixels: a GIF of more is slow to make and large to send. */
const LONGEST_SIDE: Record<FilmFormat, number> = { gif: 480, video: 1080 };
/** A run at rest is no part of the film: a picture stays no longer than this, the last one for a while. */
const LONGEST_STILL_MS = 300;
const LAST_STILL_MS = 1500;
/** Pictures that may wait to be encoded: more would only fill the memory. */
const MOST_WAITING = 4;
/** What stands around the picture is read from the page so often: that takes longer than a picture. */
const SEEN_ANEW_MS = 1000;
const VIDEO_BITS_PER_S = 4e6;
const kinds = [
  // Quick enough for two cores that train at the same time.
  { type: 'video/webm;codecs=vp8', ending: 'webm' },
  { type: 'video/webm;codecs=vp9', ending: 'webm' },
  { type: 'video/mp4', ending: 'mp4' },
] as const;

/** What kind of video this browser records, if any. */
export const videoKind = () =>
  typeof MediaRecorder === 'undefined'
    ? undefined
    : kinds.find(({ type }) => MediaRecorder.isTypeSupported(type));

/** Takes a picture wherever the run has moved on; `add` says whether it was taken. */
function takePictures(
  page: Page,
  format: FilmFormat,
  add: (canvas: HTMLCanvasElement, context: CanvasRenderingContext2D, lastedMs: number) => boolean,
  end: () => void,
) {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', {
    alpha: false,
    willReadFrequently: true, // a video of a canvas on an emulated graphics card stands still
  }) as CanvasRenderingContext2D;
  let scale = 0;
  let last: { at: number; step: number; run: number } | undefined;
  let ms = 0;
  let sheet: Sheet | undefined;
  let seen = 0;

  /** The first picture says how large all are; what does not fit any more is cut off. */
  function size({ width, height }: Layout): void {
    scale = Math.min(1, LONGEST_SIDE[format] / Math.max(width, height));
    // Video has even sides.
    canvas.width = 2 * Math.ceil((width * scale) / 2);
    canvas.height = 2 * Math.ceil((height * scale) / 2);
  }
  function take(): void {
    const frame = pictureFrame();
    const step = Math.max(0, ...heardOf(page).map(({ lane }) => page.recordOf(lane).frame?.step ?? 0));
    const run = page.record.frame?.run ?? 0;
    if (!frame || (last && last.step === step && last.run === run)) return;
    const now = performance.now();
    if (!sheet || now - seen > SEEN_ANEW_MS || sheet.cells.some(({ canvas: each }) => !each?.isConnected)) {
      sheet = sheetOf(frame, page);
      seen = now;
    }
    if (!sheet) return;
    sheet = { ...sheet, caption: captionOf(page) };
    const layout = layOut(sheet);
    if (scale === 0) size(layout);
    paintStill(context, layout, scale);
    const lasted = last ? Math.min(LONGEST_STILL_MS, now - last.at) : 0;
    if (!add(canvas, context, lasted)) return;
    ms += lasted;
    last = { at: now, step, run };
    if (ms >= 1000 * LONGEST_S[format]) end();
  }
  const timer = setInterval(take, EVERY_MS[format]);
  take();
  return {
    canvas,
    get seconds() {
      return ms / 1000;
    },
    close: () => clearInterval(timer),
  };
}

/** Records the page's picture until it is stopped. */
export const record = (page: Page, format: FilmFormat): Recording =>
  format === 'gif' ? recordGif(page) : recordVideo(page);

const recordingOf = (
  pictures: Pick<Recording, 'seconds'>,
  stop: () => void,
  finished: Recording['finished'],
): Recording => ({
  get seconds() {
    return pictures.seconds;
  },
  stop,
  finished,
});

function recordGif(page: Page): Recording {
  const worker = new Worker(new URL('./gifWorker.ts', import.meta.url), {
    type: 'module',
    name: 'saddle film',
  });
  const { promise, resolve, reject } = withResolvers<{ blob: Blob; ending: string } | undefined>();
  /** How long a picture stays is known when the next one comes. */
  let held: Omit<GifCommand & { type: 'picture' }, 'delayMs'> | undefined;
  let waiting = 0;
  let isOver = false;

  function send(delayMs: number): void {
    if (!held) return;
    waiting += 1;
    worker.postMessage({ ...held, delayMs: Math.round(delayMs) }, [held.pixels.buffer]);
    held = undefined;
  }
  worker.addEventListener('message', ({ data }) => {
    const answer = data as GifAnswer;
    if (answer.type === 'added') {
      waiting -= 1;
      return;
    }
    worker.terminate();
    resolve({ blob: new Blob([answer.bytes], { type: 'image/gif' }), ending: 'gif' });
  });
  worker.addEventListener('error', (event) => {
    pictures.close();
    worker.terminate();
    reject(new Error(event.message || 'GIF'));
  });
  function stop(): void {
    if (isOver) return;
    isOver = true;
    pictures.close();
    if (!held) {
      worker.terminate();
      resolve(undefined);
      return;
    }
    send(LAST_STILL_MS);
    worker.postMessage({ type: 'finish' } satisfies GifCommand);
  }
  const pictures = takePictures(
    page,
    'gif',
    (canvas, context, lasted) => {
      if (waiting >= MOST_WAITING) return false;
      send(lasted);
      const { width, height } = canvas;
      held = { type: 'picture', pixels: context.getImageData(0, 0, width, height).data, width, height };
      return true;
    },
    stop,
  );
  return recordingOf(pictures, stop, promise);
}

function recordVideo(page: Page): Recording {
  const kind = videoKind();
  if (!kind) throw new Error(takeStrings.noVideo);
  const { promise, resolve, reject } = withResolvers<{ blob: Blob; ending: string } | undefined>();
  const chunks: Blob[] = [];
  let recorder: MediaRecorder | undefined;
  let track: CanvasCaptureMediaStreamTrack | undefined;
  let rest: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;

  function begin(canvas: HTMLCanvasElement): void {
    // Pictures are sent when they are painted: no clock but ours.
    const stream = canvas.captureStream(0);
    track = stream.getVideoTracks()[0] as CanvasCaptureMediaStreamTrack;
    recorder = new MediaRecorder(stream, {
      mimeType: kind?.type,
      videoBitsPerSecond: VIDEO_BITS_PER_S,
    });
    recorder.addEventListener('dataavailable', ({ data }) => data.size > 0 && chunks.push(data));
    recorder.addEventListener('stop', () =>
      resolve(
        chunks.length > 0
          ? { blob: new Blob(chunks, { type: kind?.type }), ending: kind?.ending ?? 'webm' }
          : undefined,
      ),
    );
    recorder.addEventListener('error', () => {
      pictures.close();
      reject(new Error(takeStrings.noVideo));
    });
    recorder.start(1000);
  }
  function stop(): void {
    if (isOver) return;
    isOver = true;
    pictures.close();
    clearTimeout(rest);
    if (!recorder) resolve(undefined);
    else if (recorder.state !== 'inactive') recorder.stop();
  }
  const pictures = takePictures(
    page,
    'video',
    (canvas) => {
      if (!recorder) begin(canvas);
      else if (recorder.state === 'paused') recorder.resume();
      // Time in which the run stands still is left out.
      clearTimeout(rest);
      rest = setTimeout(() => recorder?.state === 'recording' && recorder.pause(), LONGEST_STILL_MS);
      track?.requestFrame();
      return true;
    },
    stop,
  );
  return recordingOf(pictures, stop, promise);
}

function withResolvers<T>() {
  let resolve: (value: T) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
