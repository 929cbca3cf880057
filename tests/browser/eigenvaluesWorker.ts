/** A module worker that finds two spectra and reports their bits. */
import { spectrumBits } from '../math/eigenvaluesBits.ts';

postMessage(spectrumBits());
