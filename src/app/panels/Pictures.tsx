/** The picture: one plane for all lanes where they move in the same one, else one picture beside the other. */
import { type ComponentType, useEffect, useRef, useState } from 'react';
import { useHeard, usePage, usePageState } from '../context.ts';
import { factsOf } from '../facts.ts';
import { LaneMark } from '../LaneMark.tsx';
import { useIsPictured } from '../pictured.ts';
import type { LaneState, Layer, PageState } from '../store.ts';
import { strings } from '../strings.ts';
import { Legend } from './Legend.tsx';
import { lazily } from './lazily.tsx';
import { SamplesPicture } from './SamplesPicture.tsx';

// What most links open with is at hand; the other kinds are loaded when one of them is played.
const DomainsPicture = lazily(async () => (await import('./DomainsPicture.tsx')).DomainsPicture, null);
const LinePicture = lazily(async () => (await import('./LinePicture.tsx')).LinePicture, null);
const ImagesPicture = lazily(async () => (await import('./ImagesPicture.tsx')).ImagesPicture, null);
const ParametersPicture = lazily(
  async () => (await import('./ParametersPicture.tsx')).ParametersPicture,
  null,
);
const PlanePicture = lazily(async () => (await import('./PlanePicture.tsx')).PlanePicture, null);
const overlaid = () => import('./OverlaidSamples.tsx');
const OverlaidSamples = lazily(async () => (await overlaid()).OverlaidSamples, null);
const OverlaySwitch = lazily(async () => (await overlaid()).OverlaySwitch, null);
// Who wants to change the data has seen them first.
const DataEditor = lazily(async () => (await import('../data/DataEditor.tsx')).DataEditor, null);
const LoadingPictures = lazily(async () => (await import('./LoadingPictures.tsx')).LoadingPictures, null);
const SimplexPicture = lazily(async () => (await import('./SimplexPicture.tsx')).SimplexPicture, null);

/** What a picture of one lane is given. */
export interface LanePicture {
  readonly lane: LaneState;
}

/** Each kind of picture that shows one lane, and its layers in the order of the legend. */
const kinds = {
  images: { Kind: ImagesPicture, layers: ['real', 'generated', 'scores'] },
  simplex: { Kind: SimplexPicture, layers: ['first', 'second'] },
  domains: { Kind: DomainsPicture, layers: ['source', 'target', 'labels', 'domain'] },
  parameters: { Kind: ParametersPicture, layers: ['generatorParameters', 'discriminatorParameters'] },
  samples: {
    Kind: SamplesPicture,
    layers: ['real', 'generated', 'modes', 'discriminator', 'pushes', 'manifold'],
  },
  line: { Kind: LinePicture, layers: ['real', 'generated', 'modes', 'discriminator'] },
} as const satisfies Record<string, { Kind: ComponentType<LanePicture>; layers: readonly Layer[] }>;

function kindOf({ experiment }: PageState): keyof typeof kinds | 'plane' {
  const { picture } = factsOf(experiment.game);
  return picture.kind === 'samples' && picture.dimension === 1 ? 'line' : picture.kind;
}

export function Pictures() {
  const kind = usePageState(kindOf);
  return kind === 'plane' ? <Plane /> : <Multiples kind={kind} />;
}

function Plane() {
  return (
    <div className="picture-frame">
      <PlanePicture />
    </div>
  );
}

function Multiples({ kind }: { kind: keyof typeof kinds }) {
  const page = usePage();
  const heard = useHeard();
  const picture = usePageState((state) => factsOf(state.experiment.game).picture);
  const { Kind, layers } = kinds[kind];
  const hasModes = picture.kind === 'samples' && picture.modes !== undefined;
  const several = heard.length > 1;
  const canOverlay = several && kind === 'samples';
  const isOverlaid = usePageState((state) => state.isOverlaid) && canOverlay;
  const isPictured = useIsPictured();
  const [frame, first] = useFirstPicture();
  return (
    <div ref={frame} className="picture-frame" data-several={several || undefined}>
      <div className="multiples">
        {isOverlaid && <OverlaidSamples />}
        {(isOverlaid ? [] : heard).map((lane) => (
          <figure className="multiple" key={lane.id}>
            {several && (
              <figcaption>
                <LaneMark colour={lane.colour} />
                <strong>{page.nameOf(lane)}</strong>
                <span>
                  <Told lane={lane} />
                </span>
              </figcaption>
            )}
            <div className="multiple-picture">
              <Kind lane={lane} />
              {lane.loading && <LoadingPictures lane={lane} />}
            </div>
          </figure>
        ))}
      </div>
      <div className="picture-tools">
        <Legend layers={layers.filter((layer) => layer !== 'modes' || hasModes)} />
        {kind === 'samples' && isPictured && first && <DataEditor key={first.key} picture={first.picture} />}
        {canOverlay && <OverlaySwitch />}
      </div>
    </div>
  );
}

/** How a lane stands, and at which step: what is counted now and then is of another step in each. */
function Told({ lane }: LanePicture) {
  const { modes, pictureClasses, domainAccuracy } = usePage().recordOf(lane).latest;
  const { readout } = lane;
  const step = (modes ?? pictureClasses ?? domainAccuracy)?.step ?? readout.step;
  const place = step > 0 && readout.sentence !== '' ? `${strings.axis.place(step, 'steps')}: ` : '';
  return `${place}${readout.sentence}`;
}

/** The first picture in a frame, whichever lane's it is, under a key that is its own. */
function useFirstPicture() {
  const frame = useRef<HTMLDivElement>(null);
  const [first, setFirst] = useState<{ picture: HTMLElement; key: number }>();
  // Lanes come and go, and their pictures with them.
  useEffect(() => {
    const picture = frame.current?.querySelector<HTMLElement>('.multiple-picture') ?? undefined;
    if (picture !== first?.picture) setFirst(picture && { picture, key: (first?.key ?? 0) + 1 });
  });
  return [frame, first] as const;
}
