/** Starts a worker and connects the page to it. */
import { type Client, connect } from './client.ts';

/** A client of a new worker. `stop` ends the worker at once; questions that are still open fail. */
export function startWorker(): Client & { stop(): void } {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'saddle run' });
  const client = connect(worker);
  worker.addEventListener('error', (event) => {
    client.fail({
      message: `the worker that trains has stopped: ${event.message || 'it could not be loaded'}`,
    });
  });
  return {
    ...client,
    stop() {
      worker.terminate();
      client.fail({ message: 'the worker that trains was stopped' });
    },
  };
}
