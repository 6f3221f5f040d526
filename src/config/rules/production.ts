/**
 * What must not reach real people. Anything that others can reach counts as production, whatever `mode` says. There is
 * no rule about default secrets because no secret has a default: keys are made on the first start.
 */

import type { Finding } from '../../base/document/problem.ts';
import { isLoopbackHost } from '../../base/loopback-host.ts';
import type { AcceptedPart } from '../schema.ts';

/**
 * The cheapest of the equivalent settings in OWASP's Password Storage Cheat Sheet is 7 MiB with five passes; each of
 * them writes 35 MiB or more.
 */
const leastMemoryKiB = 7 * 1024;
const leastWrittenKiB = 35 * 1024;

export const isProduction = ({ mode, server }: AcceptedPart): boolean =>
  mode !== 'development' || (server?.issuer !== undefined && !isLoopbackHost(new URL(server.issuer).hostname));

export function checkProduction(config: AcceptedPart): readonly Finding[] {
  return [...checkDemo(config), ...(isProduction(config) ? [...checkOrigins(config), ...checkHashing(config)] : [])];
}

function checkDemo(config: AcceptedPart): readonly Finding[] {
  if (config.demo !== true) return [];
  if (isProduction(config)) {
    return [{ path: ['demo'], message: 'refused in production: the passwords of demo people are known to everybody' }];
  }
  const host = config.server?.listen?.host;
  if (host === undefined || isLoopbackHost(host)) return [];
  return [{ path: ['server', 'listen', 'host'], message: 'the demo listens on a loopback address only' }];
}

/** Over plain http anybody on the way reads passwords and session cookies; loopback has nobody on the way. */
function checkOrigins({ server }: AcceptedPart): readonly Finding[] {
  return (['issuer', 'certificateOrigin'] as const).flatMap((key) => {
    const origin = server?.[key];
    if (origin === undefined) return [];
    const { protocol, hostname } = new URL(origin);
    if (protocol === 'https:' || isLoopbackHost(hostname)) return [];
    return [{ path: ['server', key], message: 'must be https: only a loopback address may be http' }];
  });
}

function checkHashing({ password }: AcceptedPart): readonly Finding[] {
  const { memoryKiB, iterations } = password?.argon2 ?? {};
  if (memoryKiB === undefined || iterations === undefined) return [];
  if (memoryKiB >= leastMemoryKiB && memoryKiB * iterations >= leastWrittenKiB) return [];
  const message = 'weaker than the least that OWASP advises; 19456 KiB and 2 iterations is the default';
  return [{ path: ['password', 'argon2'], message }];
}
