/** The smallest module worker: it answers what it is sent, and whether it can draw. */
self.onmessage = ({ data }: MessageEvent) => {
  self.postMessage({ data, canDraw: typeof OffscreenCanvas === 'function' });
};
