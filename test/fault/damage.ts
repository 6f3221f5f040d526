import { Connection } from '../../src/store/sqlite/connection.ts';

/** What the engine finds wrong with a file that nobody has open. */
export function damageOf(path: string): readonly string[] {
  const connection = new Connection({ path, busyTimeoutMs: 1_000 });
  const verdict = connection.row('PRAGMA integrity_check')?.[0];
  connection.close();
  return verdict === 'ok' ? [] : [`the file is damaged: ${verdict}`];
}
