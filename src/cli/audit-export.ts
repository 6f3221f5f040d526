/** `audit export`: the chain as JSON lines, for a verifier that shares nothing with this program (docs/decisions/0006). */
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { type ExportRange, exportAudit } from '../core/audit/export.ts';
import { parseCount } from './count-option.ts';
import { done, type Report, refused } from './report.ts';
import { UsageError } from './usage-error.ts';
import { addVerb, onGround, type Run } from './verb.ts';

const words = {
  usage: 'export',
  summary: 'print the audit trail as JSON lines that anybody can verify',
  more: `What is printed tells who did what, so a file is made for you alone (mode 0600), and never written over another. The form
of the lines is in docs/decisions/0006; \`audit keys\` prints what their signatures are verified with. --from and --through are
numbers of batches; what is not sealed yet comes at the end, unless --through leaves the end out.`,
  json: '{ file, lines, bytes }; refused: { file, refused: "EEXIST" or another code }; needs --out, because the export itself is what is printed otherwise',
};

interface ExportOptions extends ExportRange {
  readonly out?: string;
}

const options = [
  new Option('--from <batch>', 'the first batch').argParser(parseCount),
  new Option('--through <batch>', 'the last batch').argParser(parseCount),
  new Option('--out <file>', 'write to a new file'),
];

export const addAuditExport = (parent: Command, run: Run): Command =>
  addVerb<ExportOptions>(
    parent,
    run,
    words,
    async (call) => {
      const { out, from, through } = call.options;
      const { terminal } = call;
      if (out === undefined && call.isJson) throw new UsageError('--json tells of a file: name one with --out.');
      if (from !== undefined && through !== undefined && from > through) {
        throw new UsageError('--from is a later batch than --through.');
      }
      const range = { ...(from === undefined ? {} : { from }), ...(through === undefined ? {} : { through }) };
      return onGround(call, async (world) => {
        const lines = exportAudit(world, range);
        if (out !== undefined) return writeTo(resolve(terminal.folder, out), lines);
        for await (const line of lines) terminal.out(`${line}\n`);
        return done([], {});
      });
    },
    options,
  );

/** Lines are gathered to so many characters before they are written. */
const blockLength = 65_536;

async function writeTo(path: string, lines: AsyncIterable<string>): Promise<Report> {
  let file: FileHandle;
  try {
    // `wx`: whoever put a file or a link there first would be given the trail, or lose what is in it.
    file = await open(path, 'wx', 0o600);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === 'EEXIST' ? 'it exists' : code;
    return refused([`${path} cannot be made (${reason}).`], { file: path, refused: code });
  }
  try {
    const written = await writeBlocks(file, lines);
    await file.sync();
    await file.close();
    return done([`${path}: ${written.lines} lines.`], { file: path, ...written });
  } catch (error) {
    await file.close().catch(() => {});
    // Half an export looks like a trail of which somebody took the rest.
    await unlink(path);
    throw error;
  }
}

async function writeBlocks(file: FileHandle, lines: AsyncIterable<string>) {
  const written = { lines: 0, bytes: 0 };
  let block = '';
  const flush = async () => {
    await file.appendFile(block);
    written.bytes += Buffer.byteLength(block);
    block = '';
  };
  for await (const line of lines) {
    written.lines += 1;
    block += `${line}\n`;
    if (block.length >= blockLength) await flush();
  }
  await flush();
  return written;
}
