/** Beside the title of a panel: the panel as a picture or as numbers. */
import { useRef } from 'react';
import { usePage } from '../context.ts';
import type { Panel } from '../panels.ts';
import { arriving } from '../unloaded.ts';
import { Popover, TakeSign } from './Popover.tsx';
import { SaidLine } from './SaidLine.tsx';
import { takeStrings as say } from './strings.ts';
import type { Taken } from './take.ts';
import { useTaking } from './useTaking.ts';

// What makes the files is loaded when the first one is wanted.
const maker = () => arriving(import('./take.ts'));

export function PanelMenu({ title, name }: { readonly title: string; readonly name: Panel['name'] }) {
  const page = usePage();
  const { said, isBusy, take } = useTaking();
  const menu = useRef<HTMLDivElement>(null);
  const image = (ending: 'png' | 'svg') => async () => {
    const figure = menu.current?.closest('figure') ?? null;
    return (await maker()).takeImage(page, figure, { name, title }, ending);
  };
  const button = (words: string, help: string, make: () => Promise<Taken>) => (
    <button type="button" className="quiet" disabled={isBusy} title={help} onClick={() => take(make)}>
      {words}
    </button>
  );
  return (
    <Popover
      label={say.panel(title)}
      help={say.panelHelp}
      className="quiet tiny take-panel"
      menu={menu}
      sign={<TakeSign />}
    >
      <div className="take-row">
        {button(say.png, say.pngHelp, image('png'))}
        {button(say.svg, say.svgHelp, image('svg'))}
        {button(say.csv, say.panelCsvHelp, async () => (await maker()).takePanelTable(page, name))}
      </div>
      <SaidLine said={said} />
    </Popover>
  );
}
