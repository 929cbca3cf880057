/** Pictures of one's own: dropped or chosen, seen as they will be used, and used. Stands on the page once. */
import { useEffect, useId, useRef, useState, useSyncExternalStore } from 'react';
import type { Images } from '../../catalog/images/library.ts';
import { OWN_SIDES } from '../../catalog/images/ownNames.ts';
import { LARGEST_TILE, SMALLEST_TILE } from '../../catalog/images/readers/sheet.ts';
import { usePage, usePageState } from '../context.ts';
import { FileChooser } from '../controls/FileChooser.tsx';
import { useDropZone } from '../controls/useDropZone.ts';
import { filesOf } from './dropped.ts';
import { type Offer, offerOf, pathOf, type State } from './offer.ts';
import './ownPictures.css';
import type { Choice } from './source.ts';
import { ownStrings as say } from './strings.ts';

/** Pictures that are shown before they are used, in so many columns. */
const SHOWN = 24;
const COLUMNS = 8;

export function OwnPictures() {
  const page = usePage();
  const offer = offerOf(page);
  const state = useSyncExternalStore(offer.subscribe, () => offer.state);
  const isOwn = usePageState(
    ({ experiment: { game } }) => game.kind === 'images' && game.dataset.kind === 'own',
  );
  const [isOpen, setIsOpen] = useState(false);
  const dropZone = useDropZone((data) => filesOf(data).then(offer.open));
  const isWanted = isOwn || state.stage !== 'none';
  useEffect(() => {
    if (isWanted) setIsOpen(true);
  }, [isWanted]);
  // Files may be dropped far from here.
  const fold = useRef<HTMLDetailsElement>(null);
  const shown = state.stage === 'ready' && state.made === undefined ? 'reading' : state.stage;
  useEffect(() => {
    if (isOpen && shown !== 'none' && shown !== 'used') fold.current?.scrollIntoView({ block: 'nearest' });
  }, [isOpen, shown]);
  return (
    <details
      ref={fold}
      className="fold own-pictures drop-zone"
      open={isOpen}
      onToggle={(event) => setIsOpen(event.currentTarget.open)}
      {...dropZone}
    >
      <summary>
        <span>{say.title}</span>
      </summary>
      <p className="own-how">{say.how}</p>
      <div className="own-choose">
        <Chooser label={say.chooseFiles} offer={offer} />
        <Chooser label={say.chooseFolder} offer={offer} isFolder />
      </div>
      <Progress state={state} />
      {state.stage === 'ready' && <Preview offer={offer} state={state} />}
      <div role="status">
        {state.stage === 'refused' && (
          <p className="problem">
            <strong>{say.unusable}</strong> {say.refused(state.sentence)}
          </p>
        )}
        {state.stage === 'used' && isOwn && <p>{say.used(state.title, state.count)}</p>}
      </div>
      {state.stage === 'refused' && (
        <button type="button" className="quiet" onClick={offer.leave}>
          {say.dismiss}
        </button>
      )}
    </details>
  );
}

function Chooser({ label, offer, isFolder }: { label: string; offer: Offer; isFolder?: boolean }) {
  return (
    <FileChooser
      className="own-chooser"
      multiple
      isFolder={isFolder}
      onChoose={(files) => offer.open(files.map((file) => ({ file, path: pathOf(file) })))}
    >
      <span className="file-chooser-words">{label}</span>
    </FileChooser>
  );
}

function Progress({ state }: { state: State }) {
  const id = useId();
  const share = 'share' in state ? state.share : undefined;
  if (share === undefined) return null;
  const words = state.stage === 'reading' ? say.reading(state.title, share) : say.making(share);
  return (
    <div className="own-progress">
      <p id={id}>{words}</p>
      <progress value={share} aria-labelledby={id} />
    </div>
  );
}

function Preview({ offer, state }: { offer: Offer; state: State & { stage: 'ready' } }) {
  const { source, choice, made, share } = state;
  const isBusy = share !== undefined;
  const id = useId();
  const choose = (change: Partial<Choice>) => offer.choose({ ...choice, ...change });
  return (
    <div className="own-preview" aria-busy={isBusy}>
      {made && (
        <>
          <p role="status">
            {say.found(source.title, made.images.count, made.images.classes.length)} {made.notes.join(' ')}
          </p>
          <Tiles images={made.images} />
        </>
      )}
      <div className="own-choices">
        <label htmlFor={`${id}-side`}>{say.side}</label>
        <select
          id={`${id}-side`}
          value={choice.side}
          onChange={(event) => choose({ side: Number(event.target.value) })}
        >
          {OWN_SIDES.map((side) => (
            <option key={side} value={side}>
              {say.sideOf(side)}
            </option>
          ))}
        </select>
        <label htmlFor={`${id}-colours`}>{say.colours}</label>
        <select
          id={`${id}-colours`}
          value={choice.channels}
          onChange={(event) => choose({ channels: event.target.value === '3' ? 3 : 1 })}
        >
          <option value="1">{say.grey}</option>
          <option value="3">{say.colour}</option>
        </select>
        {source.largestTile !== undefined && (
          <>
            <label htmlFor={`${id}-tile`}>{say.tile}</label>
            <TileSide
              id={`${id}-tile`}
              value={choice.tile ?? SMALLEST_TILE}
              most={source.largestTile}
              onChange={(tile) => choose({ tile })}
            />
          </>
        )}
      </div>
      <div className="own-act">
        <button type="button" disabled={isBusy || !made} onClick={offer.use}>
          {say.use}
        </button>
        <button type="button" className="quiet" onClick={offer.leave}>
          {say.leave}
        </button>
      </div>
    </div>
  );
}

/** A number that is taken up once it can be cut; what is being typed stands until then. */
function TileSide({
  id,
  value,
  most,
  onChange,
}: {
  id: string;
  value: number;
  most: number;
  onChange: (tile: number) => void;
}) {
  const [draft, setDraft] = useState<string>();
  const largest = Math.min(LARGEST_TILE, most);
  return (
    <input
      id={id}
      type="number"
      className="text-field"
      min={SMALLEST_TILE}
      max={largest}
      value={draft ?? value}
      onChange={({ target }) => {
        const tile = Number(target.value);
        const isUsable = Number.isInteger(tile) && tile >= SMALLEST_TILE && tile <= largest;
        setDraft(isUsable ? undefined : target.value);
        if (isUsable) onChange(tile);
      }}
      onBlur={() => setDraft(undefined)}
    />
  );
}

/** The first of them, pixel by pixel. */
function Tiles({ images }: { images: Images }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { side, channels, count, pixels } = images;
  const shown = Math.min(SHOWN, count);
  const columns = Math.min(COLUMNS, shown);
  const rows = Math.ceil(shown / columns);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    context.clearRect(0, 0, columns * (side + 1), rows * (side + 1));
    for (let i = 0; i < shown; i++) {
      const tile = context.createImageData(side, side);
      for (let k = 0; k < side * side; k++) {
        const from = (i * side * side + k) * channels;
        for (let channel = 0; channel < 3; channel++)
          tile.data[4 * k + channel] = pixels[from + (channels === 3 ? channel : 0)];
        tile.data[4 * k + 3] = 255;
      }
      context.putImageData(tile, (i % columns) * (side + 1), Math.floor(i / columns) * (side + 1));
    }
  }, [side, channels, pixels, shown, columns, rows]);
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={say.preview(shown, side, channels === 3)}
      width={columns * (side + 1) - 1}
      height={rows * (side + 1) - 1}
    />
  );
}
