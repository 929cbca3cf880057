/** Starts workers and connects the page to the runs in them: as many workers as there are cores to spare, shared by all runs. */
import { type Client, connect } from './client.ts';
import { LINE, type Wire } from './protocol.ts';

/**
 * A run's end of the wire. `stop` ends the run at once; questions that are still open fail. A worker that is stuck
 * would not hear of it: it is ended, with all of its runs.
 */
export type RunClient = Client & { stop(isStuck?: boolean): void };

interface Pooled {
  readonly worker: Worker;
  readonly clients: Set<Client>;
}

/** More workers than this gain nothing: there are at most six runs. */
const MOST_WORKERS = 6;

const newWorker = () =>
  new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'saddle run' });

/** A worker that was started before anybody asked for one. */
let early: Worker | undefined;

/** Starts the first worker while the page itself is still being loaded. */
export function startEarly(): void {
  early = newWorker();
  // The next one then says why.
  early.addEventListener('error', () => {
    early = undefined;
  });
}

function nextWorker(): Worker {
  const worker = early ?? newWorker();
  early = undefined;
  return worker;
}

/**
 * Opens runs, each in the worker that has the fewest; a new worker as long as there are cores, but for one: on two
 * busy cores, two workers that train without a pause hold up the page's thread for 60 to 90 ms at a time.
 */
export function openPool(
  size = Math.max(1, Math.min(MOST_WORKERS, (navigator.hardwareConcurrency || 1) - 1)),
): () => RunClient {
  const pool = new Set<Pooled>();

  function open(): Pooled {
    const pooled: Pooled = { worker: nextWorker(), clients: new Set() };
    pooled.worker.addEventListener('error', (event) =>
      end(pooled, event.message || 'it could not be loaded'),
    );
    pooled.worker.addEventListener('messageerror', () => end(pooled, 'what it sent could not be read'));
    pool.add(pooled);
    return pooled;
  }

  function end(pooled: Pooled, reason: string): void {
    pool.delete(pooled);
    pooled.worker.terminate();
    for (const client of pooled.clients)
      client.fail({ message: `the worker that trains has stopped: ${reason}` });
  }

  function choose(): Pooled {
    const idlest = [...pool].sort((a, b) => a.clients.size - b.clients.size)[0];
    return idlest && (idlest.clients.size === 0 || pool.size >= size) ? idlest : open();
  }

  return () => {
    const pooled = choose();
    const { port1, port2 } = new MessageChannel();
    pooled.worker.postMessage(LINE, [port2]);
    const client = connect(port1 as unknown as Wire);
    pooled.clients.add(client);
    return {
      ...client,
      stop(isStuck) {
        pooled.clients.delete(client);
        if (isStuck) end(pooled, 'it did not answer');
        else if (pooled.clients.size === 0) {
          pool.delete(pooled);
          pooled.worker.terminate();
        } else client.close();
        client.fail({ message: 'the worker that trains was stopped' });
      },
    };
  };
}

/** A client of a run in a new worker of its own. */
export const startWorker = (): RunClient => openPool(1)();
