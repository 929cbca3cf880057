/** The devices that a run can be played on, opened by name; what a device needs is loaded when it is opened. */
import type { Device } from './program.ts';

/** In the order of menus. */
const openers: Readonly<Record<string, () => Promise<Device>>> = {
  reference: async () => (await import('./reference/reference.ts')).reference,
  wasm: async () => (await import('./wasm/wasm.ts')).wasmDevice('plain'),
  'wasm-relaxed': async () => (await import('./wasm/wasm.ts')).wasmDevice('relaxed'),
  'tfjs-cpu': async () => (await import('./tfjs/tfjs.ts')).tfjsDevice('cpu'),
  'tfjs-webgl': async () => (await import('./tfjs/tfjs.ts')).tfjsDevice('webgl'),
};

export const deviceNames: readonly string[] = Object.keys(openers);

/** Rejects with an Error that names the choices, or says what this machine lacks. */
export async function openDevice(name: string): Promise<Device> {
  if (!deviceNames.includes(name)) {
    throw new Error(`device "${name}" is not known; expected one of ${deviceNames.join(', ')}`);
  }
  return openers[name]();
}

/** The names of the devices that this machine has. Opens each of them. */
export async function availableDevices(): Promise<string[]> {
  const opened = await Promise.allSettled(deviceNames.map(openDevice));
  return deviceNames.filter((_, i) => opened[i].status === 'fulfilled');
}

/** Whether WebGL runs on a graphics card here, not on the processor. Makes and drops a small canvas. */
export function hasGraphicsCard(): boolean {
  if (typeof OffscreenCanvas === 'undefined') return false;
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!gl) return false;
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const name = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return !/swiftshader|llvmpipe|software|basic render/i.test(name);
}
