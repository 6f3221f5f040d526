/** Values that are each possible but make no sense together. */

import type { Finding } from '../../base/document/problem.ts';
import { isLoopbackHost } from '../../base/loopback-host.ts';
import type { Level } from '../../core/credentials/level.ts';
import { fullMatch } from '../schema/fields/pattern.ts';
import type { AcceptedPart } from '../schema.ts';
import { checkCertificates } from './certificates.ts';
import { checkPasskeys } from './passkeys.ts';

export function checkConsistency(config: AcceptedPart): readonly Finding[] {
  return [
    ...checkLifetimes(config),
    ...checkThrottles(config),
    ...checkExamples(config),
    ...checkLevels(config),
    ...checkLevelOrder(config),
    ...checkPasskeys(config),
    ...checkCertificateOrigin(config),
    ...checkCertificates(config),
    ...checkMailLogin(config),
    ...checkRetiredKeys(config),
    ...checkWorkers(config),
  ];
}

const isLonger = (left: number | undefined, right: number | undefined): boolean =>
  left !== undefined && right !== undefined && left > right;

function checkLifetimes({ session }: AcceptedPart): readonly Finding[] {
  if (!isLonger(session?.idleLifetime, session?.absoluteLifetime)) return [];
  return [{ path: ['session', 'idleLifetime'], message: 'is longer than session.absoluteLifetime' }];
}

function checkThrottles({ login }: AcceptedPart): readonly Finding[] {
  return Object.entries(login?.throttle ?? {})
    .filter(([, throttle]) => isLonger(throttle?.firstDelay, throttle?.longestDelay))
    .map(([name]) => ({
      path: ['login', 'throttle', name, 'firstDelay'],
      message: `is longer than login.throttle.${name}.longestDelay`,
    }));
}

/** An example that its own pattern refuses shows people a login name that cannot exist. */
function checkExamples({ accounts }: AcceptedPart): readonly Finding[] {
  return Object.entries(accounts?.kinds ?? {}).flatMap(([id, kind]) => {
    const { pattern, example } = kind?.loginName ?? {};
    if (pattern === undefined || example === undefined || fullMatch(pattern).test(example)) return [];
    const path = ['accounts', 'kinds', id, 'loginName', 'example'];
    return [{ path, message: `does not match accounts.kinds.${id}.loginName.pattern` }];
  });
}

/** A URI that stands for two levels would let a service that asks for the higher be given the lower. */
function checkLevels({ assurance }: AcceptedPart): readonly Finding[] {
  return (['acr', 'authnContext'] as const).flatMap((field) => {
    const values = (assurance?.levels ?? []).map((entry) => entry?.[field]);
    return values.flatMap((value, index) =>
      value !== undefined && values.indexOf(value) < index
        ? [{ path: ['assurance', 'levels', index, field], message: `${value} stands here twice` }]
        : [],
    );
  });
}

/** Two levels that are each stronger than the other would make every comparison true, and none of them mean anything. */
function checkLevelOrder({ assurance }: AcceptedPart): readonly Finding[] {
  const order = (assurance?.order ?? []).flatMap(([weaker, stronger] = [undefined, undefined]) =>
    weaker === undefined || stronger === undefined ? [] : [[weaker, stronger] as const],
  );
  const leads = (from: Level, to: Level, seen: readonly Level[] = []): boolean =>
    order.some(
      ([lower, upper]) =>
        lower === from && (upper === to || (!seen.includes(upper) && leads(upper, to, [...seen, upper]))),
    );
  return order.flatMap(([weaker, stronger], index) =>
    weaker === stronger || leads(stronger, weaker)
      ? [{ path: ['assurance', 'order', index], message: `makes ${weaker} stronger than itself` }]
      : [],
  );
}

function checkCertificateOrigin({ server }: AcceptedPart): readonly Finding[] {
  if (server?.certificateOrigin === undefined || server.certificateOrigin !== server.issuer) return [];
  return [{ path: ['server', 'certificateOrigin'], message: 'must be another origin than server.issuer' }];
}

/** Whoever listens on the way to the SMTP server would learn its password, and could send mail in the university's name. */
function checkMailLogin({ mail }: AcceptedPart): readonly Finding[] {
  const { host, security, user } = mail ?? {};
  if (user === undefined || security !== 'none' || host === undefined || isLoopbackHost(host)) return [];
  const message = 'would send mail.password in the clear: write starttls or tls, or leave out mail.user';
  return [{ path: ['mail', 'security'], message }];
}

/** A token ends with the key that signed or sealed it, and would end before its time with a key that goes sooner. */
function checkRetiredKeys({ keys, oidc }: AcceptedPart): readonly Finding[] {
  return (['accessToken', 'idToken'] as const)
    .filter((token) => isLonger(oidc?.tokens?.[token], keys?.rotation?.keepRetired))
    .map((token) => ({ path: ['keys', 'rotation', 'keepRetired'], message: `is shorter than oidc.tokens.${token}` }));
}

/** Each process would have a store of its own, and nobody could finish a login that another had begun. */
function checkWorkers({ server, store }: AcceptedPart): readonly Finding[] {
  const isShared = server?.workers === undefined || server.workers === 1 || store?.url !== 'sqlite::memory:';
  return isShared
    ? []
    : [{ path: ['server', 'workers'], message: 'is more than 1, and a store in memory has one process' }];
}
