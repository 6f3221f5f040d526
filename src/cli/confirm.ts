/** Before an act that cannot be taken back: its consequence is told, and a person types a word that no habit types. */
import { createInterface } from 'node:readline';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** @throws UsageError when nobody is there to ask, or another word is typed. */
export async function confirm(terminal: Terminal, consequence: readonly string[], word: string): Promise<void> {
  if (!terminal.input.isTTY)
    throw new UsageError([...consequence, 'Say --yes to do it without being asked.'].join('\n'));
  terminal.err(`${consequence.map((line) => `${line}\n`).join('')}Type ${word} to go on: `);
  const lines = createInterface({ input: terminal.input, terminal: false });
  try {
    for await (const line of lines) {
      if (line.trim() === word) return;
      break;
    }
  } finally {
    lines.close();
  }
  throw new UsageError('Nothing was changed.');
}
