/** How the page is served while it is written, and how it becomes a folder of static files. */
import { dirname, resolve } from 'node:path';
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
    // Vite's own helper adds <link>s for what a lazily loaded file needs: in a worker there is no document.
    load: {
      filter: { id: /vite\/preload-helper/ },
      handler: () => 'export const __vitePreload = (load) => load();',
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

export default defineConfig({
  base: './', // the built page works from any folder of any server
  plugins: [react(), workersInTheSameBuild(), workerBeforeThePage(), policyInBuild()],
  worker: { format: 'es' }, // module workers, which may load a device's code when it is first needed
  optimizeDeps: {
    // Found late, a dependency makes the development server reload the page, and a worker's imports break.
    include: [
      'react',
      'react-dom/client',
      'react/jsx-dev-runtime',
      'd3',
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
