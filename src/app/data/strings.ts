/** The words of drawing, dragging and opening data: loaded with them. */

import { count } from '../../math/format.ts';
import { exact } from '../format.ts';

const signed = (value: number) => exact(Number(value.toPrecision(3))).replace('-', '−');

export const dataStrings = {
  /** Of a dataset under its little picture: part of its label. */
  short: {
    ring: 'Ring',
    grid: 'Grid',
    gaussians: 'Gaussians',
    line: 'Line',
    moons: 'Moons',
    swissRoll: 'Swiss roll',
    pinwheel: 'Pinwheel',
    checkerboard: 'Checker\u00adboard',
    drawn: 'Drawn',
    points: 'Points',
  } as Readonly<Record<string, string | undefined>>,
  anew: 'of another dimension: the run begins anew',
  tools: 'Change the data',
  draw: 'Draw data',
  drawHelp: 'Paint the density that the generator is to imitate, right in the picture; the run goes on.',
  done: 'Done',
  doneHelp: 'Leave drawing (Escape)',
  brush: 'Brush',
  eraser: 'Eraser',
  tool: 'Tool',
  size: 'Size',
  sizeText: (cells: number) => `${exact(Number(cells.toFixed(1)))} cells across`,
  strength: 'Strength',
  percent: (share: number) => `${Math.round(100 * share)} percent`,
  cells: 'Grid',
  cellsText: (side: number) => `${side} × ${side}`,
  undo: 'Undo the last stroke',
  redo: 'Do the stroke again',
  clear: 'Clear',
  pad: (side: number) => `Drawing pad, ${side} by ${side} cells`,
  padHelp:
    'Drag to paint. With the keyboard: arrows move the cell, with Shift by four; Space paints, Delete erases, E changes the tool, Control Z undoes, Escape leaves.',
  cell: (column: number, row: number, level: number) => `column ${column}, row ${row}: ${level} of 9`,
  empty: 'Nothing is drawn: every place is as likely.',
  density: (side: number, filled: number) =>
    `A density on ${side} by ${side} cells, ${count(filled)} of them not empty.`,
  inPicture: 'Draw in the picture',
  handle: (at: number, total: number, x: number, y: number, weight: number) =>
    `Gaussian ${at} of ${total}, at (${signed(x)}, ${signed(y)})${weight === 1 ? '' : `, weight ${exact(weight)}`}`,
  handleHelp: 'Drag, or press arrows to move it, plus and minus for its weight, Delete to remove it.',
  spread: 'Spread of all Gaussians',
  add: 'Add a Gaussian',
  addHelp: 'At the first free place in the picture; a double click adds one there.',
  remove: 'Remove',
  removeHelp: (at: number) => `Remove Gaussian ${at}`,
  weight: (at: number) => `Weight of Gaussian ${at}`,
  weightShort: 'weight',
  file: {
    kind: 'points (.csv, .tsv, .txt)',
    choose: 'Open a file …',
    chooseHelp: 'Points of a .csv, .tsv or .txt file, whatever separates them, with or without a header.',
    drop: 'or drop one here',
    notText: (name: string) => `${name}: expected text with numbers in columns, but found something else.`,
    tooLarge: (name: string, megabytes: number) =>
      `${name}: expected at most 20 MB, but found ${Math.round(megabytes)} MB.`,
    unreadable: (name: string) => `${name} could not be read.`,
    several: (name: string, n: number) => `Of ${n} files, ${name} was opened.`,
    opened: (name: string) => `From ${name}.`,
    header: (names: readonly string[]) => `The first line is a header: ${names.join(', ')}.`,
    thinned: (taken: number, total: number) =>
      `${count(taken)} of ${count(total)} points, taken evenly from first to last.`,
    fewColumns: (name: string, n: number) =>
      `${name}: expected two columns of numbers, but found ${n === 0 ? 'none' : 'one'}.`,
    x: 'x',
    y: 'y',
    columnOf: (axis: string) => `${axis}: which column`,
    columns: 'Which columns are x and y',
    column: (name: string) => (/^\d+$/.test(name) ? `column ${name}` : name),
    fit: 'Fit to the plane',
    fitHelp: 'Centre the points and scale them, both axes alike, to reach from −1 to 1.',
  },
};
