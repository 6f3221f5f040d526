/** The clock against what was written by it. Behind, it lengthens every session and refuses fresh logins at services. */
import { statSync } from 'node:fs';
import type { Instant } from '../../base/clock.ts';
import { minutes } from '../../base/duration.ts';
import { newestEventOf } from '../judge-copy.ts';
import { isoTime } from '../shown-time.ts';
import { type Finding, ok, problem } from './finding.ts';
import type { OpenPatient } from './patient.ts';

/** Nodes and the file system may differ by as much without harm. */
const tolerance = minutes(1);

export async function checkClock({ clock, file, files }: OpenPatient): Promise<readonly Finding[]> {
  const now = clock.now();
  const paths = files ? ['', '-wal'].map((end) => `${files.path}${end}`) : [];
  const written = paths.map((path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  return [
    judgeClock(now, 'the newest audit event', (await newestEventOf(file.store)) ?? 0) ??
      judgeClock(now, 'the last change of the store file', Math.max(0, ...written)) ??
      ok('clock', `it says ${isoTime(now)}, and nothing was written later`),
  ];
}

function judgeClock(now: Instant, what: string, at: Instant): Finding | undefined {
  if (at <= now + tolerance) return undefined;
  const todo =
    'Set the clock by NTP (chronyc tracking). If it was ahead before: see docs/operations.md, "The clock was wrong".';
  return problem('clock', `it says ${isoTime(now)}, but ${what} is from ${isoTime(at)}`, todo);
}
