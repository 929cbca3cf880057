/** The dialog of the scenes: save what is shown, name, order, show, remove, and a link that opens with them. */
import { useId, useState } from 'react';
import { usePage, usePageState } from '../context.ts';
import { SignButton, signs } from '../controls/SignButton.tsx';
import { count } from '../format.ts';
import { Code, MOST_IN_CODE } from '../share/Code.tsx';
import { copyText } from '../share/copy.ts';
import { usePacked } from '../share/usePacked.ts';
import { Dialog } from './Dialog.tsx';
import { withScenes } from './link.ts';
import { MOST_NAME, MOST_QUESTION, type Scene, scenesText } from './scenes.ts';
import { say as all } from './strings.ts';
import { useStage, useStageState } from './useStage.ts';

const say = all.list;

/** Longer links are cut by some mail programs and messengers. */
const MOST_LINK = 4000;

export function SceneList() {
  const stage = useStage();
  const scenes = useStageState((state) => state.scenes);
  const at = useStageState((state) => state.at);
  const isBroken = useStageState((state) => state.isBroken);
  const [said, setSaid] = useState('');
  const [gone, setGone] = useState<{ at: number; scene: Scene }>();
  const id = useId();
  return (
    <Dialog title={say.title} closeLabel={say.close} className="scenes" onClose={() => stage.open(undefined)}>
      <p className="muted">{isBroken ? say.broken : say.how}</p>
      <form
        className="scene-new"
        onSubmit={(event) => {
          event.preventDefault();
          const field = event.currentTarget.elements.namedItem('name') as HTMLInputElement;
          const name = field.value.trim() || say.usual(scenes.length + 1);
          stage.save(name);
          field.value = '';
          setSaid(say.saved(name));
        }}
      >
        <label htmlFor={id} className="hidden">
          {say.newName}
        </label>
        <input
          id={id}
          name="name"
          className="text-field"
          maxLength={MOST_NAME}
          placeholder={say.usual(scenes.length + 1)}
          autoComplete="off"
        />
        <button type="submit">{say.save}</button>
      </form>
      {scenes.length === 0 ? (
        <p className="muted">{say.none}</p>
      ) : (
        <ol className="scene-list">
          {scenes.map((scene, i) => (
            <Row
              // biome-ignore lint/suspicious/noArrayIndexKey: two scenes may be the same
              key={i}
              scene={scene}
              at={i}
              isShown={i === at}
              isLast={i === scenes.length - 1}
              onRemove={() => {
                setGone({ at: i, scene });
                stage.remove(i);
                setSaid(say.removed(scene.name));
              }}
              onSay={setSaid}
            />
          ))}
        </ol>
      )}
      <p className="scene-said">
        <span role="status">{said}</span>{' '}
        {gone && (
          <button
            type="button"
            className="quiet"
            onClick={() => {
              stage.putBack(gone.at, gone.scene);
              setGone(undefined);
              setSaid('');
            }}
          >
            {say.undo}
          </button>
        )}
      </p>
      {scenes.length > 0 && <CopyScenes scenes={scenes} />}
    </Dialog>
  );
}

interface RowProps {
  readonly scene: Scene;
  readonly at: number;
  readonly isShown: boolean;
  readonly isLast: boolean;
  readonly onRemove: () => void;
  readonly onSay: (words: string) => void;
}

function Row({ scene, at, isShown, isLast, onRemove, onSay }: RowProps) {
  const stage = useStage();
  const { name, step, isPlaying, asks, question } = scene;
  const move = (by: -1 | 1) => {
    stage.move(at, by);
    onSay(say.moved(name, at + by + 1));
  };
  return (
    <li aria-current={isShown || undefined}>
      <input
        className="text-field"
        aria-label={say.name(at + 1)}
        value={name}
        maxLength={MOST_NAME}
        onChange={(event) => stage.change(at, { name: event.target.value })}
      />
      <p className="muted">
        {say.atStep(count(step))}, {isPlaying ? say.playing : say.paused}
        <label title={say.asksHelp}>
          <input
            type="checkbox"
            checked={asks}
            onChange={(event) => stage.change(at, { asks: event.target.checked })}
          />
          {say.asks}
        </label>
      </p>
      <input
        className="text-field scene-question"
        aria-label={say.question(at + 1)}
        value={question ?? ''}
        placeholder={asks ? all.question : say.ownQuestion}
        maxLength={MOST_QUESTION}
        onChange={({ target: { value } }) =>
          // Who writes a question means to ask it.
          stage.change(at, value === '' ? { question: undefined } : { question: value, asks: true })
        }
      />
      <div className="scene-tools">
        <button type="button" className="quiet" aria-label={say.show(name)} onClick={() => stage.show(at)}>
          {say.showShort}
        </button>
        <button
          type="button"
          className="quiet"
          aria-label={say.update(name)}
          title={say.updateHelp}
          onClick={() => {
            stage.save(name, at);
            onSay(say.saved(name));
          }}
        >
          {say.updateShort}
        </button>
        <SignButton label={say.up(name)} isOff={at === 0} path={signs.up} onClick={() => move(-1)} />
        <SignButton label={say.down(name)} isOff={isLast} path={signs.down} onClick={() => move(1)} />
        <SignButton label={say.remove(name)} path={signs.cross} onClick={onRemove} />
      </div>
    </li>
  );
}

function CopyScenes({ scenes }: { scenes: readonly Scene[] }) {
  const page = usePage();
  const [said, setSaid] = useState<{ words: string; link?: string }>();
  // Whoever opens it sees the first one, and none of what was shown last.
  const [home] = usePageState(() => page.link()).split('#', 1);
  const [first] = scenes;
  const opened = first ? `${home}#${first.link}${first.isPlaying ? '' : '&paused'}` : home;
  const whole = withScenes(opened, scenesText(scenes));
  const { href: link } = usePacked(whole);
  const { href: coded } = usePacked(whole, MOST_IN_CODE);
  const copy = async () => {
    if (link.length > MOST_LINK) {
      setSaid({ words: say.tooLong(count(link.length), count(MOST_LINK)) });
      return;
    }
    setSaid((await copyText(link)) ? { words: say.copied } : { words: say.notCopied, link });
  };
  return (
    <div className="scene-link">
      <button type="button" onClick={copy}>
        {say.copy}
      </button>
      <p role="status">{said?.words}</p>
      {said?.link && (
        <input
          className="text-field"
          aria-label={say.notCopied}
          readOnly
          value={said.link}
          onFocus={(event) => event.target.select()}
        />
      )}
      <details>
        <summary>{say.code}</summary>
        <Code text={coded} />
      </details>
    </div>
  );
}
