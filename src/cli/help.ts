/** `help`: what the command line can do, on one screen. */

export const help = `Saddle: train small GANs and games, and see why they turn in circles.

  npm run -s saddle -- COMMAND [OPTIONS]

Commands
  list [--json | --markdown]  everything that can be chosen, with meaning and source
  run EXPERIMENT [OPTIONS]    play; prints one JSON object a line
  inspect EXPERIMENT [OPTIONS]
                              one moment in full (parameters, batch, losses, field) as one JSON object
  export EXPERIMENT [OPTIONS] a Python script that plays the run again, with the same draws:
                              export ring --steps 500 > run.py
  reference                   every setting, as Markdown
  schema                      JSON Schema of an experiment file
  help                        this text

EXPERIMENT is the name of a preset, or the path of a JSON file. What a file leaves out is at its default, or
at its preset's value:  {"preset": "bilinear", "seed": 3, "scheme": "extragradient"}
What happens in the run may stand in it, too, as in the files that the page writes:
  {"preset": "ring", "history": [{"step": 1200, "set": {"generator.learningRate": 0.0002}},
                                 {"step": 1300, "alone": "generator", "steps": 2}]}

Options of run and inspect
  --set PATH=VALUE            change one setting; may be repeated:
                              --set generator=adam --set generator.learningRate=0.01 --set game.start=1,0.5
  --method NAME               replace the whole optimizer by one of the literature (list names them)
  --points FILE               imitate the points of a file: x and y on each line
  --lane N                    which lane of a file that the page wrote (1)
  --steps N                   how many steps to take (run: 1000, inspect: 0)
  --probe PATH=VALUE          change one setting of a probe (--probe spectrum.matrix=consensus); repeatable
  --device NAME               what computes (reference: float64, the same output run after run)

Options of run
  --watch PROBE,...           what to read (losses)
  --every K                   read at step 0, every K steps, and at the end (only at step 0 and at the end)
  --out FILE                  write the lines to a file instead

Options of export
  --set, --method, --points, --lane, --steps N
                              as above (steps: 1000)
  --flavour NAME              torch, or numpy with every derivative written out
                              (torch for what is trained on data, numpy for analytic games)

Options of inspect
  --direction SEED            also a random direction d, J d and J' d (J: the Jacobian of the field)
  --spectrum                  also all eigenvalues of J (up to 2,500 rows) and what they say
  --equilibria                also all points of rest of a game of two parameters, and what each is
  --leading K                 with --spectrum: instead the K outermost, in four orders, of a J of any size

Lines of run
  {"step":0,"lane":0,"readings":{"losses":{"generator":0.69,"discriminator":1.39}}}
  {"summary":{"outcome":"finished","steps":1000,"seconds":0.5,"stepsPerSecond":2000,...}}
  The outcome is finished, stopped (Ctrl-C) or diverged, then with the step and the player whose parameters
  left the finite numbers; steps and the last readings are then those before that step. Seconds are spent in
  steps, compiling included. gradientEvaluations counts readings of both players' gradients; one player's is a
  half, and each step of looking ahead is one such. In all JSON, NaN and infinities are null.

Notes on standard error say which choices have no meaning beside each other; they run all the same.

Exit code: 0 when the command was carried out (a divergence is a result); 2 when something in it has to be
mended, with one line for each problem and nothing run; 130 or 143 when stopped by a signal.
`;
