/** What the methods are written with: the same rule for both players, and the rules with their usual numbers. */

type Rule = Readonly<Record<string, unknown>>;

/** Both players by one rule. */
export const both = (rule: Rule) => ({ generator: rule, discriminator: rule });

export const sgd = (learningRate: number): Rule => ({ kind: 'sgd', learningRate });

export const adam = (learningRate: number, beta1 = 0.5, beta2 = 0.999): Rule => ({
  kind: 'adam',
  learningRate,
  beta1,
  beta2,
});

/** As TensorFlow 1 has it, with which consensus and symplectic adjustment were published. */
export const rmsprop = (learningRate: number): Rule => ({
  kind: 'rmsprop',
  learningRate,
  decay: 0.9,
  epsilon: 1e-10,
  epsilonInside: 'inside',
  initialSquare: 1,
});

export const alternating = (discriminatorSteps = 1) => ({ kind: 'alternating', discriminatorSteps });
