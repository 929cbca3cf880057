/** What can be taken away, group by group. */
import { type ReactNode, useId, useState } from 'react';
import { usePage, usePageState } from '../context.ts';
import { FileChooser } from '../controls/FileChooser.tsx';
import { LaneMark } from '../LaneMark.tsx';
import { laneOf } from '../store.ts';
import { type FilmFormat, LONGEST_S, videoKind } from './film.ts';
import { takeStrings as say } from './strings.ts';
import { type Taken, takeCheckpoint, takePanelTable, takePicture, takeScript, takeSeries } from './take.ts';

interface MenuProps {
  readonly isBusy: boolean;
  readonly isRecording: boolean;
  readonly take: (make: () => Promise<Taken> | Taken) => void;
  readonly film: (format: FilmFormat) => void;
  readonly open: (file: File) => void;
}

export function Menu({ isBusy, isRecording, take, film, open }: MenuProps) {
  const page = usePage();
  const button = (words: string, help: string, make: () => Promise<Taken> | Taken) => (
    <button type="button" className="quiet" disabled={isBusy} title={help} onClick={() => take(make)}>
      {words}
    </button>
  );
  return (
    <>
      <Group name="picture">
        {button(say.png, say.pngHelp, () => takePicture(page, 'png'))}
        {button(say.svg, say.svgHelp, () => takePicture(page, 'svg'))}
        {button(say.csv, say.panelCsvHelp, () => takePanelTable(page, undefined))}
      </Group>
      <Group name="numbers">
        {button(say.csv, say.csvHelp, () => takeSeries(page, 'csv'))}
        {button(say.json, say.jsonHelp, () => takeSeries(page, 'json'))}
      </Group>
      <Group name="script">
        {button(say.numpy, say.numpyHelp, () => takeScript(page, 'numpy'))}
        {button(say.torch, say.torchHelp, () => takeScript(page, 'torch'))}
        <SelectedLane />
      </Group>
      <Group name="checkpoint">
        {button(say.npz, say.npzHelp, () => takeCheckpoint(page))}
        <FileChooser
          className="take-open"
          title={say.openCheckpointHelp}
          accept=".npz"
          disabled={isBusy}
          onChoose={([file]) => open(file)}
        >
          {say.openCheckpoint}
        </FileChooser>
        <SelectedLane />
      </Group>
      <Film isBusy={isBusy || isRecording} film={film} />
    </>
  );
}

function Group({ name, children }: { readonly name: keyof typeof say.groups; readonly children: ReactNode }) {
  return (
    <fieldset>
      <legend>
        <strong>{say.groups[name]}</strong> <span className="muted">{say.groupHelp[name]}</span>
      </legend>
      <div className="take-row">{children}</div>
    </fieldset>
  );
}

/** In a race, whose checkpoint it is. */
function SelectedLane() {
  const page = usePage();
  const lane = usePageState((state) => (state.lanes.length > 1 ? laneOf(state, state.selected) : undefined));
  if (!lane) return null;
  return (
    <span className="muted">
      <LaneMark colour={lane.colour} /> {page.nameOf(lane)}
    </span>
  );
}

function Film({ isBusy, film }: Pick<MenuProps, 'isBusy' | 'film'>) {
  const [format, setFormat] = useState<FilmFormat>('gif');
  const id = useId();
  const formats: readonly FilmFormat[] = videoKind() ? ['gif', 'video'] : ['gif'];
  return (
    <Group name="film">
      {formats.map((each) => (
        <label key={each} className="take-format">
          <input type="radio" name={id} checked={each === format} onChange={() => setFormat(each)} />
          {each === 'gif' ? say.gif : say.video(videoKind()?.ending ?? '')}
        </label>
      ))}
      <button type="button" className="quiet" disabled={isBusy} onClick={() => film(format)}>
        {say.record}
      </button>
      <span className="muted">{say.recordHelp(LONGEST_S[format])}</span>
    </Group>
  );
}
