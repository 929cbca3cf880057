/** How the page is served while it is written, and how it becomes a folder of static files. */
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
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy },
        injectTo: 'head-prepend',
      },
    ],
  };
}

export default defineConfig({
  base: './', // the built page works from any folder of any server
  plugins: [react(), policyInBuild()],
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
  build: { target: 'es2022', sourcemap: true },
  server: { host: '127.0.0.1' },
  preview: { host: '127.0.0.1' },
});
