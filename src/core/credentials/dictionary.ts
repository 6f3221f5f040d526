/**
 * How soon a guesser who goes through dictionaries (common passwords, English and Japanese words and names) arrives at
 * a password. The dictionaries take 30 MB, so they are read at the first password that is set, not at start.
 */
import type { ZxcvbnFactory } from '@zxcvbn-ts/core';

let loading: Promise<ZxcvbnFactory> | undefined;

async function load(): Promise<ZxcvbnFactory> {
  const [core, common, english, japanese] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
    import('@zxcvbn-ts/language-ja'),
  ]);
  return new core.ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary, ...japanese.dictionary },
    graphs: common.adjacencyGraphs,
  });
}

/** The number of guesses as a power of ten. */
export async function guessedWithin(password: string): Promise<number> {
  loading ??= load();
  return (await loading).check(password).guessesLog10;
}
