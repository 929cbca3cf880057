/** Where a run begins, in a script: the first values of the parameters, of the game's states, and its constants. */
import { finished, type Plan, tensorOf } from './plan.ts';
import { constantText, startText } from './starts.ts';
import { indented, snake } from './words.ts';

export interface BeginText {
  /** Functions that the first values are made with. */
  readonly definitions: readonly string[];
  /** Assignments of the game's constants. */
  readonly constants: readonly string[];
  /** Assignments of the first point, and of what is remembered from step to step. */
  readonly memories: readonly string[];
  /** Something is drawn from a stream. */
  readonly draws: boolean;
}

export function beginText(plan: Plan): BeginText {
  const { experiment, game, settings, isTorch, usesRules, scheme, bent, lookahead, averaging } = plan;
  const { script } = game;
  const { seed } = experiment;
  const tensor = (expression: string) => tensorOf(expression, plan);
  const starts = script.parameters.map(({ player, name, shape, initial }) => ({
    of: `${player} ${name}`,
    ...startText(seed, `init.${player}.${name}`, shape, initial, settings),
  }));
  const states = script.states.map(({ name, shape, initial }) => ({
    name: snake(name),
    isNumber: shape.length === 0,
    ...startText(seed, `init.state.${name}`, shape, initial, settings),
  }));
  const constants = game.constants.map(({ name, values, shape }) => ({
    name,
    expression: constantText(values, shape, settings),
  }));
  const isShort = script.parameters.every(({ shape }) => shape.length === 0);
  const first = isShort
    ? `np.array([${starts.map(({ expression }) => expression).join(', ')}], dtype=np.float64)`
    : 'np.concatenate([np.ravel(part) for part in first_values()])';
  const firstValues = `def first_values():
    """Where both players' parameters begin, in their order."""
    return (
${starts.map(({ of, expression }) => `        ${indented(expression, 8).trimStart()},${expression.includes('init.') ? '' : `  # ${of}`}`).join('\n')}
    )`;
  const stateOf = ({ name, isNumber, expression }: (typeof states)[number]) =>
    `    ${name}=${isNumber && !isTorch ? `np.float64(${expression})` : tensor(expression)},`;
  const memories = Object.entries({ ...scheme.memory, ...bent?.memory }).map(
    ([name, made]) => `${name} = ${made}`,
  );
  return {
    definitions: [
      ...new Set([...starts, ...states].flatMap(({ helper }) => helper ?? [])),
      ...(isShort ? [] : [firstValues]),
    ],
    constants: constants.map(({ name, expression }) => `${name} = ${tensor(expression)}`),
    memories: [
      `START = ${tensor(first)}`,
      ...(usesRules ? ['rules = new_rules()'] : []),
      ...[
        ...memories,
        ...(lookahead ? [lookahead.memory] : []),
        ...(averaging ? [averaging.memory] : []),
      ].map((line) => finished(line, plan)),
      states.length > 0 ? `state = Settings(\n${states.map(stateOf).join('\n')}\n)` : '',
    ],
    draws: [...starts, ...states, ...constants].some(({ expression }) => expression.includes('Stream(')),
  };
}
