/** The networks, in menu order, of games of pictures: all of them, for only there have convolutions a meaning. */
import { group } from '../../settings/index.ts';
import { convolutional } from './convolutional.ts';
import { dense } from './dense.ts';

const { fields } = dense.settings;
const hidden: typeof fields.hidden = { ...fields.hidden, default: [128, 128] };
const activation: typeof fields.activation = { ...fields.activation, default: 'leakyRelu' };

/** Wider than for points, and with slopes that do not vanish. */
const denseOnPictures = { ...dense, settings: group({ ...fields, hidden, activation }) };

export const pictureNetworks = [convolutional, denseOnPictures] as const;
