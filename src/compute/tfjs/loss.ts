/** Whether a WebGL context still computes: the card, its driver or the browser may take it away at any moment. */

/** What is asked of tfjs's WebGL backend. */
export interface WebglBackend {
  getGPGPUContext(): { readonly gl: WebGL2RenderingContext };
}

export interface Loss {
  readonly isLost: boolean;
  /** Sends the card a number and waits for it. */
  ask(): void;
  /** Throws an Error if the context was lost before all of this was read. */
  check(read: readonly Float64Array[]): void;
}

const SENTENCE = 'tfjs-webgl: the graphics card was lost';

/**
 * Watches a backend's context. Three signs are needed. The event is late, but does not overlook a loss that was made
 * good between two runs, after which nothing on the card is what it was. The context's own answer is at once there
 * when a script or the browser takes it, but not when the card dies in the middle of a run. Then reading back
 * succeeds, and gives zeros: where all of a result is 0, the card is asked for a number that is not.
 */
export function watchForLoss(backend: WebglBackend): Loss {
  const { gl } = backend.getGPGPUContext();
  let isLost = gl.isContextLost();
  const note = () => {
    isLost = true;
  };
  gl.canvas.addEventListener('webglcontextlost', note);
  return {
    get isLost() {
      isLost ||= gl.isContextLost();
      return isLost;
    },
    ask() {
      isLost ||= gl.isContextLost() || !answers(gl);
    },
    check(read) {
      isLost ||= gl.isContextLost();
      if (!isLost && read.some((values) => values.length > 0 && values.every((value) => value === 0)))
        isLost = !answers(gl);
      if (isLost) throw new Error(SENTENCE);
    },
  };
}

/** Whether a number that is sent to the card comes back. */
function answers(gl: WebGL2RenderingContext): boolean {
  const sent = Float32Array.of(1);
  const back = new Float32Array(1);
  const buffer = gl.createBuffer();
  const target = gl.COPY_WRITE_BUFFER; // nothing of tfjs is bound there
  gl.bindBuffer(target, buffer);
  gl.bufferData(target, sent, gl.STREAM_READ);
  gl.getBufferSubData(target, 0, back);
  gl.bindBuffer(target, null);
  gl.deleteBuffer(buffer);
  return back[0] === sent[0];
}
