/** The edge between a column and what is beside it, where they stand beside each other: both become wider or narrower. */
import { useRef } from 'react';
import { usePage, usePageState } from '../context.ts';
import { laterStrings } from '../laterStrings.ts';
import { type Column, WIDTHS } from '../layout.ts';
import { changeWidth } from '../store.ts';
import { Separator } from './Separator.tsx';
import '../styles/columns.css';

const say = laterStrings.columnWidth;

/** The usual width, and the most of the window, as `page.css` has them. */
const USUAL_REM = 17.5;
const MOST_SHARE = 0.33;
/** Of two columns, as narrow as the other may be dragged. */
const LEAST_SHARE = 0.1;

export function ColumnSplitter({ column }: { column: Column }) {
  const { store } = usePage();
  const width = usePageState(({ widths }) => widths[column] ?? WIDTHS.usual);
  const other = usePageState(({ widths }) => widths[column === 'game' ? 'lanes' : 'game'] ?? WIDTHS.usual);

  const most = useRef<number>(WIDTHS.most);

  /** As it is seen: a window may be too narrow for what was chosen in a wider one. */
  function measure(edge: HTMLElement) {
    const main = edge.closest('main') as HTMLElement;
    const { offsetWidth: now } = main.querySelector(`.column.${column}`) as HTMLElement;
    if (getComputedStyle(main).gridTemplateColumns.split(' ').length > 2) {
      const usual = USUAL_REM * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      const sign = column === 'game' ? 1 : -1;
      most.current = Math.floor((WIDTHS.usual * MOST_SHARE * window.innerWidth) / usual);
      return (pixels: number) => (WIDTHS.usual * (now + sign * pixels)) / usual;
    }
    // Two columns share the whole: what one gains, the other loses.
    most.current = WIDTHS.most;
    const whole = main.clientWidth;
    const share = (pixels: number) => (now + pixels) / whole;
    return (pixels: number) => (other * share(pixels)) / Math.max(LEAST_SHARE, 1 - share(pixels));
  }

  return (
    <Separator
      className={`column-splitter of-${column}`}
      orientation="vertical"
      label={say.label[column]}
      help={say.help}
      value={width}
      limits={WIDTHS}
      measure={measure}
      onChange={(percent) => changeWidth(store, column, percent && Math.min(percent, most.current))}
    />
  );
}
