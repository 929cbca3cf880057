/** Games to begin a game of one's own with: each shows something else. */

export interface Example {
  readonly label: string;
  readonly summary: string;
  readonly first: string;
  readonly second?: string;
  readonly numbers?: Readonly<Record<string, number>>;
  readonly start: readonly [number, number];
}

export const examples: readonly Example[] = [
  {
    label: 'Rotation',
    summary: 'The bilinear game: descent turns outward about a centre.',
    first: 'k*x*y',
    numbers: { k: 1 },
    start: [1, 1],
  },
  {
    label: 'Dirac-GAN with a penalty',
    summary: 'The simplest GAN; γ makes a focus of its centre.',
    first: 'softplus(-x*y)',
    second: 'softplus(x*y) + γ*y^2/2',
    numbers: { gamma: 0.3 },
    start: [1, 1],
  },
  {
    label: 'Two quadratics',
    summary: 'Not zero-sum: move p and q until the node becomes a focus, and the focus a saddle.',
    first: 'x^2/2 + p*x*y',
    second: 'y^2/2 - q*x*y',
    numbers: { p: 2, q: 1 },
    start: [1, 1],
  },
  {
    label: 'Limit cycle',
    summary: 'Driven out of the middle and back from afar: every run ends in a cycle.',
    first: 'x*y - μ*x^2/2 + x^4/4',
    second: '-x*y - μ*y^2/2 + y^4/4',
    numbers: { mu: 0.5 },
    start: [0.3, 0.1],
  },
  {
    label: 'Forsaken',
    summary: 'A stable equilibrium behind a cycle that is not: where a run ends depends on its start.',
    first: 'x*(y - 0.45) + x^2/4 - x^4/2 + x^6/6 - y^2/4 + y^4/2 - y^6/6',
    start: [1, 1],
  },
  {
    label: 'Which side of the road',
    summary: 'Two stable conventions, and a saddle between them.',
    first: 'x^4/4 - x*y',
    second: 'y^4/4 - x*y',
    start: [0.2, -0.1],
  },
  {
    label: 'Monkey saddle',
    summary: 'A point of rest of which the first derivatives tell nothing.',
    first: 'x^3 - 3x*y^2',
    start: [0.5, 0.4],
  },
  {
    label: 'Egg crate',
    summary: 'Many equilibria: centres and saddles in turn.',
    first: 'sin(ω*x)*sin(ω*y)',
    numbers: { omega: 2 },
    start: [0.3, 0.2],
  },
  {
    label: 'A circle of equilibria',
    summary: 'Both want the same, and reach it at every point of a circle of radius r.',
    first: '(x^2 + y^2 - r^2)^2/4',
    second: '(x^2 + y^2 - r^2)^2/4',
    numbers: { r: 1 },
    start: [1.5, 0.5],
  },
];
