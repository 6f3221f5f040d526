/**
 * A password from standard input: hidden and twice at a terminal, the first line of a pipe otherwise. Never from an
 * argument, which every process on the machine could read, and which shells write into their history.
 */
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

const longestInput = 4096;

/** @throws UsageError when there is none, or the two entries differ. */
export async function readPassword(terminal: Terminal): Promise<string> {
  const password = terminal.input.isTTY ? await promptTwice(terminal) : await firstLine(terminal);
  if (password === '') throw new UsageError('There is no password: type it, or pipe it in.');
  return password;
}

async function promptTwice(terminal: Terminal): Promise<string> {
  // The line editor echoes into nothing, and the prompts go where the screen is.
  const nowhere = new Writable({ write: (_chunk, _encoding, next) => next() });
  const lines = createInterface({ input: terminal.input, output: nowhere, terminal: true, historySize: 0 });
  // An iterator keeps what was typed before it was asked for, and ends with Ctrl+C or Ctrl+D.
  const typed = lines[Symbol.asyncIterator]();
  try {
    const ask = async (prompt: string): Promise<string> => {
      terminal.err(prompt);
      const line = await typed.next();
      terminal.err('\n');
      if (line.done) throw new UsageError('No password was set.');
      return line.value;
    };
    const password = await ask('New password: ');
    if (password !== (await ask('Again: '))) throw new UsageError('The two entries differ.');
    return password;
  } finally {
    lines.close();
  }
}

async function firstLine({ input }: Terminal): Promise<string> {
  let text = '';
  for await (const chunk of input.setEncoding('utf8')) {
    text += chunk;
    if (text.length > longestInput) throw new UsageError('The input is too long for a password.');
  }
  return text.split(/\r?\n/, 1)[0] ?? '';
}
