/** Builds the page and serves it, counting what is asked for in gzipped bytes, as file servers send them. */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, preview } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Asked {
  /** Path on the server. */
  readonly file: string;
  /** Gzipped; 0 where there is no such file. */
  readonly bytes: number;
}

export interface Served {
  readonly address: string;
  /** What is served: what is written there is served from then on. */
  readonly folder: string;
  /** Answers nobody from now on, or again. */
  cut(isCut: boolean): void;
  /** What was asked for since the last `forget`, each file once, in order. */
  asked(): readonly Asked[];
  forget(): void;
  close(): Promise<void>;
}

export async function servePage(): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), 'saddle-page-'));
  await build({ root, logLevel: 'error', build: { outDir: folder, emptyOutDir: true, sourcemap: false } });
  const files = new Set<string>();
  let isCut = false;
  const server = await preview({
    root,
    logLevel: 'error',
    build: { outDir: folder },
    preview: { host: '127.0.0.1', port: 0 },
    plugins: [
      {
        name: 'saddle:count',
        configurePreviewServer({ middlewares }) {
          middlewares.use(({ url = '/', socket }, _, next) => {
            if (isCut) {
              socket.destroy();
              return;
            }
            files.add(new URL(url, 'http://page').pathname.replace(/\/$/, '/index.html'));
            next();
          });
        },
      },
    ],
  });
  const bytesOf = (file: string) => {
    const path = join(folder, file);
    const isFile = statSync(path, { throwIfNoEntry: false })?.isFile();
    return isFile ? gzipSync(readFileSync(path), { level: 9 }).length : 0;
  };
  return {
    address: server.resolvedUrls?.local[0] as string,
    folder,
    cut(cuts) {
      isCut = cuts;
    },
    asked: () => [...files].map((file) => ({ file, bytes: bytesOf(file) })),
    forget: () => files.clear(),
    async close() {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
