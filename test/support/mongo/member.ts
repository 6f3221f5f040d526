/** One mongod of a set, to be taken down and brought back by its process, as a power cut or a stalled disk would. */
import { once } from 'node:events';
import type { MongoMemoryServer } from 'mongodb-memory-server-core';

export interface Member {
  readonly host: string;
  readonly isAlive: boolean;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
  /** On the same data and port. Resolves when it takes connections, before it has caught up. */
  restart(): Promise<void>;
  /** SIGSTOP: connections stay open and nothing answers. */
  freeze(): void;
  thaw(): void;
}

export function memberOf(server: MongoMemoryServer, host: string): Member {
  const running = () => server.instanceInfo?.instance.mongodProcess;
  const signal = (name: NodeJS.Signals) => {
    if (running()?.kill(name) !== true) throw new Error(`${host} is not running`);
  };
  return {
    host,
    get isAlive() {
      return running() !== undefined;
    },
    async kill() {
      const gone = once(running() ?? fail(host), 'close');
      signal('SIGKILL');
      await gone;
      // The library keeps books of its own: without this it would not start the member again.
      await server.stop({ doCleanup: false, force: false });
    },
    restart: () => server.start(true),
    freeze: () => signal('SIGSTOP'),
    thaw: () => signal('SIGCONT'),
  };
}

function fail(host: string): never {
  throw new Error(`${host} is not running`);
}
