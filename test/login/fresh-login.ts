/** A login machine over a world of its own for each test, with a student, a service, and browsers that stand before it. */
import { afterEach, beforeEach } from '@jest/globals';
import type { Config } from '../../src/config/schema.ts';
import { type Connection, connections } from '../../src/core/connections/connection.ts';
import { credentials, type PasswordCredential, passwordId } from '../../src/core/credentials/credential.ts';
import { factorThrottles, throttle } from '../../src/core/credentials/throttle.ts';
import { pseudonymUnder } from '../../src/core/keys/pseudonym.ts';
import { type Account, accounts } from '../../src/core/people/account.ts';
import { type Person, people } from '../../src/core/people/person.ts';
import { openPolicy } from '../../src/core/policy/policy.ts';
import type { PolicyRule } from '../../src/core/policy/rule.ts';
import { sessionByToken } from '../../src/core/sessions/keep.ts';
import { attempts } from '../../src/login/attempt.ts';
import { configuredAttributes } from '../../src/login/configured-attributes.ts';
import { type Login, type LoginMeans, loginMachine, type Visitor } from '../../src/login/login.ts';
import type { Answer } from '../../src/login/step.ts';
import type { Stored } from '../../src/store/port.ts';
import { pairwiseRing } from '../core/attributes/sample-attributes.ts';
import { type Fresh, openWorld } from '../core/fresh-world.ts';
import { type ConnectionWishes, sampleAccount, sampleConnection, samplePerson } from '../core/sample-records.ts';
import { goodPassword, testConfig } from '../support/sekisho.ts';

export interface FreshLogin extends Fresh {
  readonly config: Config;
  readonly means: LoginMeans;
  readonly login: Login;
  addAccount(wishes?: AccountWishes): Promise<Stored<Account>>;
  addConnection(wishes?: ConnectionWishes): Promise<Stored<Connection>>;
  /** A browser; with `token`, one in which the session of that cookie lives. */
  visitor(wishes?: Partial<Visitor>, token?: string): Promise<Visitor & { readonly browserToken: string }>;
}

export interface AccountWishes {
  readonly account?: Partial<Account>;
  readonly person?: Partial<Person>;
  /** Null for none. */
  readonly password?: string | null;
  readonly credential?: Partial<PasswordCredential>;
}

/** The fields of a form that was sent. */
export const answerOf =
  (fields: Readonly<Record<string, string>>): Answer =>
  (field) =>
    fields[field] ?? '';

export const rightAnswer = answerOf({ username: 'a0123456', password: goodPassword });

/** It has a mail server by name; what is owed is not sent. */
const config = testConfig('/nowhere', {
  SEKISHO__MAIL__HOST: 'localhost',
  SEKISHO__MAIL__FROM: 'no-reply@auth.kyoto-u.ac.jp',
});

/** With the rules of `policy`. For a test that needs several; `freshLogin` opens one for each test, and closes it. */
export async function openLogin(policy: readonly PolicyRule[] = []): Promise<FreshLogin> {
  const fresh = await openWorld(attempts);
  const { world, masterKey, codeDigest, hasher, put } = fresh;
  const means: LoginMeans = {
    world,
    config,
    attributes: configuredAttributes(config, () => pseudonymUnder(pairwiseRing())),
    hasher,
    masterKey,
    codeDigest,
    assurance: config.assurance,
    enrolment: config.enrolment,
    policy: openPolicy(policy),
    throttle: throttle(world, masterKey, config.login.throttle),
    factorThrottles: factorThrottles(world, masterKey, config.login.throttle),
    lifetimes: config.session,
    derivedSessions: [],
    attemptLifetime: config.login.attemptLifetime,
    termsVersion: config.terms?.version,
    aliasOf: (accountId, place) => `${accountId} at ${place}`,
  };
  return {
    ...fresh,
    config,
    means,
    login: loginMachine(means),
    async addAccount({ account = {}, person = {}, password = goodPassword, credential = {} } = {}) {
      const made = sampleAccount(account);
      await put(people, samplePerson({ id: made.personId, ...person }));
      if (password !== null) {
        const known = {
          id: passwordId(made.id),
          accountId: made.id,
          kind: 'password',
          preset: 'kyoto',
          setAt: 0,
          edition: 'edition-1',
        } as const;
        await put(credentials, { ...known, hash: await hasher.hash(password), ...credential });
      }
      return put(accounts, made);
    },
    addConnection: (wishes) => put(connections, sampleConnection(wishes)),
    async visitor(wishes = {}, token) {
      return {
        browserToken: 'a browser',
        actor: { kind: 'person', address: '192.0.2.1' },
        address: '192.0.2.1',
        userAgent: 'Firefox',
        session: token === undefined ? undefined : await sessionByToken(world, token),
        ...wishes,
      } as Visitor & { readonly browserToken: string };
    },
  };
}

/** To be called inside `describe`; what it answers is valid inside its tests. */
export function freshLogin(policy: readonly PolicyRule[] = []): () => FreshLogin {
  let fresh: FreshLogin | undefined;
  beforeEach(async () => {
    fresh = await openLogin(policy);
  });
  afterEach(() => fresh?.world.store.close());
  return () => {
    if (fresh === undefined) throw new TypeError('no test is running');
    return fresh;
  };
}
