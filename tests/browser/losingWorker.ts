/** A worker as the page's own, whose graphics card can be taken away. */

import { readData } from '../../src/worker/data.ts';
import { serve } from '../../src/worker/host.ts';
import { LINE, type Wire } from '../../src/worker/protocol.ts';

/** How the card is lost: the browser says so; or it is dead, and reading back silently gives nothing. */
export type Loss = 'told' | 'silent';

const contexts: WebGL2RenderingContext[] = [];
const { getContext } = OffscreenCanvas.prototype;
OffscreenCanvas.prototype.getContext = function (this: OffscreenCanvas, ...asked: [never]) {
  const context = getContext.apply(this, asked);
  if (context instanceof WebGL2RenderingContext && !contexts.includes(context)) contexts.push(context);
  return context;
} as typeof getContext;

addEventListener('message', ({ data, ports }: MessageEvent<typeof LINE | Loss>) => {
  if (data === LINE) serve(ports[0] as unknown as Wire, readData);
  else if (data === 'told') {
    for (const context of contexts) context.getExtension('WEBGL_lose_context')?.loseContext();
  } else {
    const dead = WebGL2RenderingContext.prototype;
    dead.readPixels = () => {};
    dead.getBufferSubData = () => {};
  }
});
