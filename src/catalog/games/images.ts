/** A GAN on small pictures. */
import { choice, group } from '../../settings/index.ts';
import { imageSets } from '../images/index.ts';
import { defineGame, type ImageSet, type StoredPictures } from '../kinds.ts';
import { pictureNetworks } from '../networks/pictures.ts';
import { adversarialOffers, adversarialSettings, writeAdversaries } from './adversarial.ts';

const setOf = (kind: string) => imageSets.find(({ name }) => name === kind) as unknown as ImageSet;

export const images = defineGame({
  name: 'images',
  label: 'GAN on small pictures',
  summary:
    'A generator learns to draw digits, clothes or shapes, a discriminator to tell its pictures apart.',
  source: 'Goodfellow et al. 2014 (arXiv:1406.2661); Radford et al. 2016 (arXiv:1511.06434)',
  formula: 'generated pictures G_θ(z), logits D_φ(x), high for real',
  data: ['dataset', 'latent'],
  settings: group({
    dataset: choice({
      label: 'pictures',
      summary: 'What is to be imitated.',
      entries: imageSets,
      default: 'digits8',
      live: true,
    }),
    // What is played where nobody chose anything else: the preset `digits`.
    ...adversarialSettings(pictureNetworks, { penalty: 'zeroCentred', batchSize: 64, latentSize: 32 }),
  }),
  isLate: true,
  offers: adversarialOffers,
  files: ({ dataset }) => setOf(dataset.kind).files?.(dataset) ?? [],
  write(stage, settings) {
    const { dataset } = settings;
    const set = setOf(dataset.kind);
    const image = set.size(dataset);
    const { model, ...players } = writeAdversaries(stage, settings, {
      size: image.side * image.side * image.channels,
      image,
      fill: (streams, count, out) => set.fill(streams, count, dataset, out),
    });
    return {
      ...model,
      picture: {
        ...players,
        ...image,
        kind: 'images',
        classes: set.classes(dataset),
        classifier: set.classifier?.(dataset),
        recognise:
          set.recognise && ((pictures, count) => set.recognise?.(pictures, count, dataset) as Int32Array),
        fillReal: (streams, count, out, labels) => set.fill(streams, count, dataset, out, labels),
        stored: set.stored && (() => set.stored?.(dataset) as StoredPictures),
      },
    };
  },
});
