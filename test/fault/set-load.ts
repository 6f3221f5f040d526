/** Many people who sign in at the same time, each to one service after the other, and what became of each. */
import { type Done, type Errand, signOn } from './person.ts';

export interface SetLoad {
  readonly done: readonly Done[];
  /** People who were left standing, and why. */
  readonly failed: readonly string[];
  /** Resolves when so many have come through, or nobody is under way any more. */
  reached(count: number): Promise<void>;
  readonly over: Promise<void>;
}

/** `queues`: whoever stands in one goes when those before have ended. */
export function beginLoad(issuer: string, queues: readonly (readonly Errand[])[]): SetLoad {
  const done: Done[] = [];
  const failed: string[] = [];
  const waiting: { readonly count: number; readonly go: () => void }[] = [];
  async function work(queue: readonly Errand[]): Promise<void> {
    for (const errand of queue) {
      try {
        done.push(await signOn(issuer, errand));
      } catch (error) {
        failed.push(`${errand.loginName} at ${errand.service}: ${error instanceof Error ? error.message : error}`);
      }
      for (const { count, go } of waiting) if (done.length >= count) go();
    }
  }
  const over = Promise.all(queues.map(work)).then(() => {
    for (const { go } of waiting) go();
  });
  return {
    done,
    failed,
    over,
    reached: (count) => new Promise((go) => (done.length >= count ? go() : waiting.push({ count, go }))),
  };
}

/** All of them at all services, from five addresses; every fifth code is kept for later, every tenth password is wrong at first. */
export const errandsOf = (
  people: readonly { loginName: string; id: string }[],
  services: readonly string[],
): Errand[][] =>
  people.map(({ loginName, id: accountId }, row) =>
    services.map((service, column) => ({
      loginName,
      accountId,
      service,
      address: `192.0.2.${1 + (row % 5)}`,
      keepsCode: (row + column) % 5 === 0,
      isClumsy: (row + column) % 10 === 3,
    })),
  );
