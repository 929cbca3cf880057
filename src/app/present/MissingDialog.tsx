/** In the place of a dialog whose code did not come: what is said of that, and the way to try again. */
import type { ReactNode } from 'react';
import { laterStrings } from '../laterStrings.ts';
import { Dialog } from './Dialog.tsx';

const say = laterStrings.unloaded;

export const MissingDialog = ({ onClose, children }: { onClose: () => void; children: ReactNode }) => (
  <Dialog title={say.title} closeLabel={say.dismiss} onClose={onClose}>
    {children}
  </Dialog>
);
