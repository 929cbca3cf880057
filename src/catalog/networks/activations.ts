/** What a unit does with its sum. */
import { build, type Expr } from '../../expr/index.ts';

export const activations: Record<string, (x: Expr) => Expr> = {
  relu: build.relu,
  leakyRelu: (x) => build.leakyRelu(x, 0.2),
  tanh: build.tanh,
  elu: build.elu,
  softplus: build.softplus,
  sigmoid: build.sigmoid,
};
