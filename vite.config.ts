/** How the page is served while it is written, and how it becomes a folder of static files. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/**
 * What the built page may load. WebAssembly needs 'wasm-unsafe-eval'; the drawing code sets inline styles;
 * pictures that the page makes of itself are data: and blob: addresses.
 */
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
].join('; ');

/** Only the built page carries the policy: the development server puts inline scripts into the page. */
function policyInBuild(): Plugin {
  return {
    name: 'saddle:content-security-policy',
    apply: 'build',
    transformIndexHtml: {
      order: 'post', // before every script
      handler: () => [
        {
          tag: 'meta',
          attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy },
          injectTo: 'head-prepend',
        },
      ],
    },
  };
}

/**
 * In the built page, workers share files with the page: what both need, which is the catalog, is loaded once. By
 * itself Vite builds each worker apart, with a copy of everything.
 */
function workersInTheSameBuild(): Plugin {
  return {
    name: 'saddle:workers-in-the-same-build',
    apply: 'build',
    enforce: 'pre',
    transform: {
      filter: { code: /new Worker\(new URL\(/ },
      handler(code, file) {
        const started = code.replace(
          /(new Worker\()new URL\('(.+?)', import\.meta\.url\)/g,
          (_, start, worker) => {
            const reference = this.emitFile({
              type: 'chunk',
              id: resolve(dirname(file), worker),
              name: 'worker',
            });
            return `${start}import.meta.ROLLUP_FILE_URL_${reference}`;
          },
        );
        return { code: started, map: null }; // lines stay where they are
      },
    },
    // Vite's own helper adds <link>s for what a lazily loaded file needs: in a worker there is no document. In the
    // page, styles are waited for, so that nothing is seen without them; one that does not come is done without.
    load: {
      filter: { id: /vite\/preload-helper/ },
      handler: () => `
        const sheets = new Map();
        const sheet = (address) => new Promise((done) => {
          const link = document.createElement('link');
          link.rel = 'stylesheet';
          link.href = address;
          link.onload = link.onerror = done;
          document.head.append(link);
        });
        export function __vitePreload(load, files = [], from) {
          if (typeof document === 'undefined') return load();
          const styles = files.filter((file) => file.endsWith('.css')).map((file) => {
            const { href } = new URL(file, from);
            if (!sheets.has(href)) {
              const isThere = [...document.styleSheets].some((each) => each.href === href);
              sheets.set(href, isThere ? undefined : sheet(href));
            }
            return sheets.get(href);
          });
          return styles.length > 0 ? Promise.all([load(), ...styles]).then(([loaded]) => loaded) : load();
        }`,
    },
  };
}

/** In the built page, a few lines go before it and start the worker, which then loads beside the page. */
function workerBeforeThePage(): Plugin {
  const early = resolve(import.meta.dirname, 'src/early.ts');
  return {
    name: 'saddle:worker-before-the-page',
    apply: 'build',
    buildStart() {
      this.emitFile({ type: 'chunk', id: early, name: 'early' });
    },
    transformIndexHtml: {
      order: 'post',
      handler(_, { bundle }) {
        const chunks = Object.values(bundle ?? {}).filter((file) => file.type === 'chunk');
        const chunk = chunks.find(({ facadeModuleId }) => facadeModuleId === early);
        if (!chunk) return [];
        const preload = chunk.imports.map((file) => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', crossorigin: true, href: `./${file}` },
          injectTo: 'head-prepend' as const,
        }));
        const script = {
          tag: 'script',
          attrs: { type: 'module', crossorigin: true, src: `./${chunk.fileName}` },
          injectTo: 'head-prepend' as const,
        };
        return [script, ...preload];
      },
    },
  };
}

/** In the built page, a service worker that knows all files of the page by their names; see src/offline.ts. */
function worksOffline(): Plugin {
  const file = 'offline.js';
  const source = resolve(import.meta.dirname, 'src/offline.ts');
  let publicFolder = '';
  return {
    name: 'saddle:works-offline',
    apply: 'build',
    configResolved(config) {
      publicFolder = config.publicDir;
    },
    buildStart() {
      this.emitFile({ type: 'chunk', id: source, fileName: file });
    },
    generateBundle: {
      order: 'post', // when all others have put in theirs
      handler(_, bundle) {
        const built = Object.keys(bundle).filter((name) => !/\.(map|html)$/.test(name) && name !== file);
        const given = readdirSync(publicFolder, { recursive: true, encoding: 'utf8' })
          .map((name) => name.replaceAll('\\', '/'))
          .filter((name) => statSync(join(publicFolder, name)).isFile());
        const hash = createHash('sha256').update(built.sort().join());
        for (const name of given.sort()) hash.update(name).update(readFileSync(join(publicFolder, name)));
        const worker = bundle[file];
        if (worker?.type !== 'chunk') throw new Error(`${file} was not built`);
        worker.code = worker.code
          .replaceAll('__SADDLE_FILES__', JSON.stringify([...built, ...given].map((name) => `./${name}`)))
          .replaceAll('__SADDLE_VERSION__', JSON.stringify(hash.digest('hex').slice(0, 12)));
      },
    },
  };
}

export default defineConfig({
  base: './', // the built page works from any folder of any server
  plugins: [react(), workersInTheSameBuild(), workerBeforeThePage(), policyInBuild(), worksOffline()],
  worker: { format: 'es' }, // module workers, which may load a device's code when it is first needed
  optimizeDeps: {
    // Found late, a dependency makes the development server reload the page, and a worker's imports break.
    include: [
      'react',
      'react-dom/client',
      'react/jsx-dev-runtime',
      'd3',
      'gifenc',
      'zustand',
      '@tensorflow/tfjs-core',
      '@tensorflow/tfjs-backend-cpu',
      '@tensorflow/tfjs-backend-webgl',
    ],
  },
  build: { target: 'es2022', sourcemap: true, modulePreload: { polyfill: false } },
  server: { host: '127.0.0.1' },
  preview: { host: '127.0.0.1' },
});
