/** The sizes of the workloads, as every peer reads them. */
export interface Shape {
  readonly batch: number;
  readonly latent: number;
  /** Widths of the hidden layers of both networks. */
  readonly hidden: readonly number[];
  readonly activation: 'relu' | 'tanh';
}
