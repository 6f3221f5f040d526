/**
 * Everything that a load was told is done, asked for again of the nodes and looked up in the store: tokens, codes, sessions, consents,
 * the audit trail and its chain, and the counts that every login adds to and takes from.
 */
import { subscriberOf } from '../../src/base/networks.ts';
import { auditEvents } from '../../src/core/audit/event.ts';
import { auditKeysOf } from '../../src/core/audit/public-keys.ts';
import { verifyAudit } from '../../src/core/audit/verify.ts';
import { consentOf } from '../../src/core/consents/consent.ts';
import { throttleCounts } from '../../src/core/credentials/throttle.ts';
import { mac } from '../../src/core/keys/seal.ts';
import type { Ground } from '../../src/ground.ts';
import { askForTokens } from './ask-again.ts';
import { type Done, exchange } from './person.ts';

export interface Judgement {
  readonly tokensHeld: number;
  readonly unusedCodesHeld: number;
  readonly usedCodesRefused: number;
  readonly sessionsHeld: number;
  readonly consentsHeld: number;
  readonly loginsInTrail: number;
  readonly eventsSealed: number;
  /** Tries that stand against the addresses in the end; and those that must, one for each wrong password. */
  readonly tries: number;
  readonly wrongPasswords: number;
  readonly failures: readonly string[];
}

export async function judge(issuer: string, ground: Ground, done: readonly Done[]): Promise<Judgement> {
  const failures: string[] = [];
  const sessionsHeld = await countHeld(done, 'a session', failures, async ({ browser }) =>
    (await browser.visit(issuer)).html.includes('京都 花子'),
  );
  const consentsHeld = await countHeld(done, 'a consent', failures, async ({ errand }) =>
    Boolean(await consentOf(ground.world.store, errand.accountId, errand.service)),
  );
  const tokens = done.flatMap(({ accessToken }) => accessToken ?? []);
  failures.push(...(await askForTokens(issuer, tokens)));
  const kept = done.filter(({ accessToken }) => accessToken === undefined);
  const unusedCodesHeld = await countHeld(kept, 'a code', failures, async ({ browser, errand, code }) =>
    Boolean((await exchange(issuer, browser, errand.service, code)).accessToken),
  );
  // After everything else: a code that comes twice takes its tokens with it.
  const usedCodesRefused = await countHeld(done, 'the refusal of a used code', failures, async (one) => {
    const { told } = await exchange(issuer, one.browser, one.errand.service, one.code);
    return told === '400 invalid_grant';
  });
  const { loginsInTrail, eventsSealed } = await judgeTrail(ground, done, failures);
  const tries = await triesOf(ground, new Set(done.map(({ errand }) => errand.address)));
  const wrongPasswords = done.filter(({ errand }) => errand.isClumsy).length;
  // Whoever was cut off may have been charged for the try and not given it back.
  const cutOff = done.reduce((sum, { browser }) => sum + browser.retries, 0);
  if (tries < wrongPasswords || tries > wrongPasswords + cutOff) {
    failures.push(`${tries} tries are counted, of ${wrongPasswords} wrong passwords`);
  }
  const tokensHeld = tokens.length;
  const held = { tokensHeld, unusedCodesHeld, usedCodesRefused, sessionsHeld, consentsHeld };
  return { ...held, loginsInTrail, eventsSealed, tries, wrongPasswords, failures };
}

async function countHeld(
  done: readonly Done[],
  what: string,
  failures: string[],
  isHeld: (one: Done) => Promise<boolean>,
): Promise<number> {
  let held = 0;
  for (let from = 0; from < done.length; from += 20) {
    const some = done.slice(from, from + 20);
    const answers = await Promise.all(some.map(isHeld));
    for (const [at, answer] of answers.entries()) {
      const { loginName, service } = some[at]?.errand ?? {};
      if (answer) held += 1;
      else failures.push(`${what} is missing: ${loginName} at ${service}`);
    }
  }
  return held;
}

/** Each acknowledged login once, and the chain whole. */
async function judgeTrail({ world, ring }: Ground, done: readonly Done[], failures: string[]) {
  const granted = new Map<string, number>();
  let after: string | undefined;
  do {
    const query = {
      index: 'byType',
      equals: ['login.granted'],
      limit: 1_000,
      ...(after === undefined ? {} : { after }),
    };
    const page = await world.store.find(auditEvents, query);
    for (const { accountId, connectionId } of page.records) {
      const key = `${accountId} ${connectionId}`;
      granted.set(key, (granted.get(key) ?? 0) + 1);
    }
    after = page.next;
  } while (after !== undefined);
  for (const { errand, browser } of done) {
    const times = granted.get(`${errand.accountId} ${errand.service}`) ?? 0;
    const mayRepeat = browser.retries > 0;
    if (times === 0 || (times > 1 && !mayRepeat)) {
      failures.push(`a login is ${times} times in the trail: ${errand.loginName} at ${errand.service}`);
    }
  }
  let eventsSealed = 0;
  for await (const finding of verifyAudit(world, auditKeysOf(ring.current().keys))) {
    if (finding.kind === 'summary') eventsSealed = finding.events;
    else failures.push(`the chain: ${JSON.stringify(finding)}`);
  }
  return { loginsInTrail: [...granted.values()].reduce((sum, times) => sum + times, 0), eventsSealed };
}

async function triesOf({ world, masterKey }: Ground, addresses: ReadonlySet<string>): Promise<number> {
  const counts = [...addresses].map((address) => {
    const id = mac(masterKey, 'throttle', 'password', 'address', subscriberOf(address));
    return world.store.get(throttleCounts, id);
  });
  return (await Promise.all(counts)).reduce((sum, count) => sum + (count?.tries ?? 0), 0);
}
