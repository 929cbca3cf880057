/** The words of what can be taken away. */
import { count } from '../format.ts';

export const takeStrings = {
  open: 'Take away',
  openHelp: 'Pictures, films, numbers and checkpoints of this run, as files.',
  panel: (title: string) => `Take away ${title}`,
  panelHelp: 'Take this panel away as a picture or as numbers.',
  groups: {
    picture: 'The picture',
    numbers: 'The numbers of the run',
    script: 'A Python script',
    checkpoint: 'A checkpoint',
    film: 'A film of the picture',
  },
  groupHelp: {
    picture: 'As it is drawn now. Each panel below has the same beside its title.',
    numbers: 'Every series of every lane: steps, gradient evaluations, seconds, losses and what was watched.',
    script:
      'Takes the steps of the selected lane until now, with the same draws: readable, and without Saddle.',
    checkpoint:
      'The selected lane at its present step: parameters, memories and settings, for numpy, and to go on with here.',
    film: 'Records while the run plays, until you stop it.',
  },
  png: 'PNG',
  pngHelp: 'A picture in pixels, twice as fine as the screen’s measures or finer.',
  svg: 'SVG',
  svgHelp: 'Lines, shapes and text, for print and for drawing programs. Maps of colours stay pixels.',
  csv: 'CSV',
  csvHelp: 'One row for each lane and step; read it with pandas or R.',
  panelCsvHelp: 'The numbers behind what is drawn here.',
  json: 'JSON',
  jsonHelp: 'The same by columns, with all settings and the newest readings.',
  numpy: 'NumPy',
  numpyHelp: 'Gradients written out; needs nothing but numpy.',
  torch: 'PyTorch',
  torchHelp: 'Losses written out, gradients by autograd.',
  scriptOfBranch: (step: number) =>
    `this run began at step ${count(step)} of another one: a script can only be written of a run that began at step 0`,
  noPictures: (file: string) => `the pictures that the script holds, ${file}, could not be loaded; try again`,
  npz: 'NPZ',
  npzHelp: 'numpy.load opens it.',
  openCheckpoint: 'Open a checkpoint',
  openCheckpointHelp: 'Goes on with a run that was taken away; dropping the file on the page does the same.',
  checkpointKind: 'a checkpoint (.npz)',
  stays: 'what is open goes on',
  gif: 'GIF',
  video: (ending: string) => (ending === 'webm' ? 'WebM' : ending.toUpperCase()),
  record: 'Record',
  recordHelp: (seconds: number) => `${seconds} seconds at most.`,
  recording: (seconds: number) => `● ${seconds.toFixed(0)} s`,
  stop: 'Stop recording',
  saved: (name: string) => `Saved ${name}`,
  noFrames: 'Nothing was recorded: the run did not move.',
  noVideo: 'This browser records no video.',
  failed: (why: string) => `That did not work: ${why}`,
  nothingDrawn: 'nothing is drawn there',
  tooLarge: 'the picture is larger than this browser can draw',
  opened: (step: number) =>
    `The run goes on from step ${count(step)}, as it was. Undo brings back what was open, as it stood.`,
  asked: 'The page asks above what is to become of it.',
  offer: {
    title: (name: string, step: number) => `${name} goes on from step ${count(step)}: where?`,
    race: 'It plays what this race plays.',
    other: 'It plays another game or seed than this race, so only alone.',
    beside: 'Beside the others',
    lane: 'In the place of',
    alone: 'Alone: undo brings the race back',
    leave: 'Leave it',
  },
  madeBy: (link: string) => `Made with Saddle: ${link}`,
  /** In the names of files. */
  raceName: (lanes: number) => `${lanes}-lanes`,
  caption: (method: string | undefined, seed: number, step: number) =>
    [method, `seed ${seed}`, `step ${count(step)}`].filter((part) => part !== undefined).join(' · '),
  checkpoint: {
    notZip: 'This file should be a checkpoint (.npz), but it is no zip file.',
    broken: (name: string) => `${name} in this file is cut off or damaged.`,
    tooLarge: (most: number) => `This file holds more than ${most} MB: a checkpoint is smaller.`,
    packed: (name: string, method: number) =>
      `${name} should be stored or deflated, but is packed by method ${method}.`,
    missing: (name: string) => `This file should hold ${name}, as checkpoints of Saddle do, but it does not.`,
    kind: (name: string, expected: string, found: string) =>
      `${name} should be ${expected}, but found ${found}.`,
    newer: (found: number, known: number) =>
      `This checkpoint is of format ${found}; this page reads formats up to ${known}.`,
    settings: (message: string) => `The checkpoint’s settings are not those that this page knows: ${message}`,
  },
  csvHead: {
    read: 'Read with pandas.read_csv(file, comment="#") or read.csv(file, comment.char = "#").',
    made: (link: string) => `Saddle, ${link}`,
    lane: (lane: number, name: string, query: string) => `lane ${lane}: ${name}${query && `; ${query}`}`,
    from: (lane: number, step: number, query: string) =>
      `lane ${lane} from step ${step} on: ${query || 'as the page opens'}`,
    losses: 'Losses are those met in the step that begins at their row; the rest is of the point there.',
    blanks: 'Blank: not read at that step. Evaluations and seconds between frames are interpolated.',
    thinned: 'Of long series every second row is kept, then every fourth, and so on.',
  },
} as const;
