/** Which makers of passkeys are believed, and what rests on that. */
import type { Finding } from '../../base/document/problem.ts';
import type { AcceptedPart } from '../schema.ts';

export const checkPasskeys = (config: AcceptedPart): readonly Finding[] => [
  ...checkListed(config),
  ...checkMakers(config),
];

/**
 * AAL2 rests on which product it is. Without a certificate a passkey says that of itself, and with any certificate at all
 * a program says it that somebody has written.
 */
function checkListed({ assurance, passkeys }: AcceptedPart): readonly Finding[] {
  const path = ['assurance', 'aal2By', 'passkeys'];
  if ((assurance?.aal2By?.passkeys ?? []).length === 0) return [];
  if (passkeys?.attestation === 'none') {
    return [{ path, message: 'counts for nothing without passkeys.attestation: required' }];
  }
  const hasMakers = passkeys?.metadata !== undefined || (passkeys?.roots ?? []).length > 0;
  return hasMakers || passkeys === undefined
    ? []
    : [
        {
          path,
          message: 'needs passkeys.metadata or passkeys.roots: anybody can make a certificate of such a product',
        },
      ];
}

function checkMakers({ passkeys }: AcceptedPart): readonly Finding[] {
  if (passkeys?.attestation !== 'none') return [];
  const named = [
    ...(passkeys.metadata === undefined ? [] : ['metadata']),
    ...((passkeys.roots ?? []).length === 0 ? [] : ['roots']),
  ];
  return named.map((key) => ({
    path: ['passkeys', key],
    message: 'counts for nothing without passkeys.attestation: required',
  }));
}
