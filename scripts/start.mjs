/** `npm start`: the page, served from this machine and opened where there is a desktop to open it on. */
import process from 'node:process';
import { ensureInstalled } from './install.mjs';

ensureInstalled();

const { env, platform } = process;
const isRemote = Boolean(env.CI || env.SSH_CONNECTION || env.SSH_TTY);
const hasDesktop = ['win32', 'darwin'].includes(platform) || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
if (hasDesktop && !isRemote && !process.argv.includes('--open')) process.argv.push('--open');

// Vite reads process.argv, prints the address, and takes the next port when its own is taken.
await import('../node_modules/vite/bin/vite.js');
