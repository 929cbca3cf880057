/** Opens the page: reads the link, starts a worker, and draws. */
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { mount } from './app/mount.ts';

const root = createRoot(document.getElementById('root') as HTMLElement);
// No await out here: what is loaded later could then not share this file's modules.
void mount().then((page) => root.render(<App page={page} />));
