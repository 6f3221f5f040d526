/** Artifacts of type 0x0004 (Bindings 3.6.4): a handle that the service exchanges for the message it stands for. */
import { hash } from 'node:crypto';
import type { Ids } from '../../../base/ids.ts';

const typeCode = 0x0004;
const handleLength = 20;

export interface Artifact {
  /** Which of the issuer's resolution services it is for. */
  readonly endpointIndex: number;
  /** SHA-1 of the issuer's entityID, in hexadecimal: an address, with nothing to protect. */
  readonly sourceId: string;
  /** 160 random bits, in hexadecimal: a bearer value. */
  readonly handle: string;
}

export const sourceIdOf = (entityId: string): string => hash('sha1', entityId, 'hex');

export function newArtifact(entityId: string, endpointIndex: number, ids: Ids): Artifact {
  return { endpointIndex, sourceId: sourceIdOf(entityId), handle: ids.bytes(handleLength).toString('hex') };
}

export function writeArtifact({ endpointIndex, sourceId, handle }: Artifact): string {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(typeCode, 0);
  head.writeUInt16BE(endpointIndex, 2);
  return Buffer.concat([head, Buffer.from(sourceId, 'hex'), Buffer.from(handle, 'hex')]).toString('base64');
}
