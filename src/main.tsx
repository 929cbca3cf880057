/** Opens the page: reads the link, starts a worker, and draws. */
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { mount } from './app/mount.ts';

const root = createRoot(document.getElementById('root') as HTMLElement);
root.render(<App page={mount()} />);
