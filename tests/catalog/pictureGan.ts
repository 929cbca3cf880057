/** A bare GAN of pictures, for tests and figures of networks: the non-saturating loss on noise in place of data. */
import type { Game, Model, Network } from '../../src/catalog/kinds.ts';
import { pictureNetworks } from '../../src/catalog/networks/pictures.ts';
import { type Script, writeGame } from '../../src/catalog/stage.ts';
import { build, type Expr, grad, sizeOf } from '../../src/expr/index.ts';
import { defaults, type Group, parse } from '../../src/settings/index.ts';

export interface PictureGan {
  readonly side: number;
  readonly channels?: number;
  readonly batch: number;
  readonly latent: number;
  readonly network?: string;
  /** What differs from the network's defaults, for both players. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly pack?: number;
  readonly rebuilds?: boolean;
  /** Times the mean squared slope of the score on real pictures, halved, in the discriminator's loss. */
  readonly penalty?: number;
}

/** The game, written down; its field and the losses are `fieldOf` and `model.losses`. */
export function pictureGan({
  side,
  channels = 1,
  batch,
  latent,
  network = 'convolutional',
  settings = {},
  pack = 1,
  rebuilds = false,
  penalty = 0,
}: PictureGan): Script {
  const entry = pictureNetworks.find(({ name }) => name === network) as unknown as Network<string, Group>;
  const { values, problems } = parse(entry.settings, { ...defaults(entry.settings), ...settings });
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join('; '));
  const pixels = side * side * channels;
  const game = {
    name: 'pictures',
    write(stage): Model {
      const picture = { side, channels };
      const generate = entry.write(stage, 'generator', latent, pixels, values, { ...picture, at: 'output' });
      const judge = entry.write(stage, 'discriminator', pack * pixels, rebuilds ? pack * pixels : 1, values, {
        ...picture,
        at: rebuilds ? 'both' : 'input',
      });
      const draw = (name: string, shape: readonly number[]) =>
        stage.draw(name, shape, (streams, out) => void streams(name).normals(out));
      const real = draw('real', [batch, pixels]);
      const fake = generate(draw('latent', [batch, latent])).output;
      const seen = (x: Expr) => build.reshape(x, [batch / pack, pack * pixels]);
      const score = (x: Expr) => {
        const { output } = judge(x);
        return rebuilds ? build.neg(build.mean(build.square(build.sub(x, output)), [1])) : output;
      };
      const [onReal, onFake] = [score(seen(real)), score(seen(fake))];
      const slope = penalty > 0 ? grad(build.sum(onReal), [real])[0] : undefined;
      const own = build.add(
        build.mean(build.softplus(build.neg(onReal))),
        build.mean(build.softplus(onFake)),
      );
      const extra = slope && build.scale(build.sum(build.square(slope)), penalty / 2 / batch);
      return {
        losses: [build.mean(build.softplus(build.neg(onFake))), extra ? build.add(own, extra) : own],
        equilibria: [],
        picture: { kind: 'parameters' },
      };
    },
  } as Pick<Game, 'name' | 'write'>;
  return writeGame(game as Game, {});
}

/** The joint gradient of a written game, each owner's own loss by its own parameters. */
export function fieldOf({ model, parts, parameters }: Script): Expr {
  const own = (player: string) => parts.filter((_, i) => parameters[i].player === player);
  const flat = [...grad(model.losses[0], own('generator')), ...grad(model.losses[1], own('discriminator'))];
  return build.concat(flat.map((each) => build.reshape(each, [sizeOf(each.shape)])));
}
