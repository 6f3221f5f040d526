/** A store of its own with an account and a service in it, and the servers that a test starts on it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FreshStore, OpenFreshStore } from '../../nodes/stores.ts';
import { startSekisho } from '../../support/sekisho.ts';
import { type Running, startCrew } from '../running-crew.ts';

export interface Stage {
  readonly directory: string;
  /** Of the store. */
  readonly environment: Readonly<Record<string, string>>;
  start(environment?: Readonly<Record<string, string>>): Promise<Running>;
  close(): Promise<void>;
}

export async function openStage(openFreshStore: OpenFreshStore): Promise<Stage> {
  const directory = mkdtempSync(join(tmpdir(), 'sekisho-crew-'));
  const store: FreshStore = await openFreshStore();
  const environment = { SEKISHO__STORE__URL: store.url };
  const started: Running[] = [];
  const sekisho = await startSekisho({ directory, environment });
  await sekisho.addAccount();
  await sekisho.addConnection({ id: 'library' });
  await sekisho.close();
  return {
    directory,
    environment,
    async start(more = {}) {
      const running = await startCrew(directory, { ...environment, ...more });
      started.push(running);
      return running;
    },
    async close() {
      for (const { child, exited } of started) {
        child.kill('SIGKILL');
        await exited;
      }
      await store.drop();
      rmSync(directory, { recursive: true });
    },
  };
}
