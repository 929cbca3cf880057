/** Three kinds of tests: what needs no page in Node, the rest in a real Chromium; and claims about whole runs. */
import { playwright } from '@vitest/browser-playwright';
import { defineConfig, mergeConfig } from 'vitest/config';
import { findBrowser } from './scripts/browser.mjs';
import { runPython } from './tests/browser/python.ts';
import page from './vite.config.ts';

/**
 * Runs as any user, root included, and anywhere: WebGL is drawn in software, so that machines without a
 * graphics card test the same thing, and the browser sends nothing to the network of its own accord.
 */
const launchArguments = [
  '--no-sandbox',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export default mergeConfig(
  page,
  defineConfig({
    optimizeDeps: { include: ['axe-core', 'vitest-browser-react'] },
    test: {
      projects: [
        {
          extends: true,
          test: {
            name: 'node',
            environment: 'node',
            setupFiles: ['tests/late.ts'],
            include: ['tests/**/*.test.ts'],
            exclude: ['tests/browser/**', 'tests/claims/**'],
            testTimeout: 30_000, // a GAN of its paper's size takes seconds on the float64 reference
          },
        },
        {
          extends: true,
          test: {
            name: 'claims',
            environment: 'node',
            setupFiles: ['tests/late.ts'],
            include: ['tests/claims/**/*.test.ts'],
          },
        },
        {
          extends: true,
          test: {
            name: 'chromium',
            setupFiles: ['tests/late.ts'],
            include: ['tests/browser/**/*.test.{ts,tsx}'],
            testTimeout: 120_000, // a shader compiled in software takes seconds
            expect: { poll: { timeout: 30_000 } }, // of `expect.element` too: the second it has by itself is short
            browser: {
              enabled: true,
              headless: true,
              screenshotFailures: false,
              api: { host: '127.0.0.1' },
              commands: { runPython },
              provider: playwright({
                launchOptions: { executablePath: findBrowser(), args: launchArguments },
              }),
              instances: [{ browser: 'chromium' }],
            },
          },
        },
      ],
    },
  }),
);
