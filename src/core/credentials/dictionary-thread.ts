/** The thread that holds the dictionaries: a password in, the number of guesses out as a power of ten. */
import { parentPort } from 'node:worker_threads';
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary as everywhere } from '@zxcvbn-ts/language-common';
import { dictionary as english } from '@zxcvbn-ts/language-en';
import { dictionary as japanese } from '@zxcvbn-ts/language-ja';

const guesser = new ZxcvbnFactory({
  dictionary: { ...everywhere, ...english, ...japanese },
  graphs: adjacencyGraphs,
});

parentPort?.on('message', (password: string) => {
  parentPort?.postMessage(guesser.check(password).guessesLog10);
});
