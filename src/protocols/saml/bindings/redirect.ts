/** HTTP Redirect, DEFLATE encoding (Bindings 3.4.4.1): a message in the query of an address. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { decodeBase64 } from '../base64.ts';
import { SamlRefusal } from '../refusal.ts';
import { signRedirect } from '../signature/redirect.ts';
import type { SigningKey } from '../signature/sign.ts';
import { messageLimits } from '../xml/limits.ts';
import { textOf } from '../xml/octets.ts';
import type { CanonicalXml } from '../xml/write.ts';
import { type CarriedMessage, checkRelayState, type MessageKind, type MessageTarget } from './message.ts';
import { rawParameters, readParameter, readTextParameter } from './raw-query.ts';

const deflate = 'urn:oasis:names:tc:SAML:2.0:bindings:URL-Encoding:DEFLATE';

export interface RedirectedMessage extends CarriedMessage {
  /** The query claims a signature; `verifyRedirect` says whether it holds. */
  readonly isSigned: boolean;
}

/**
 * @param rawQuery as it was received, without its question mark.
 * @throws SamlRefusal `message_unreadable`, `message_too_large`, `xml_forbidden`.
 */
export function decodeRedirect(rawQuery: string): RedirectedMessage {
  const raw = rawParameters(rawQuery);
  const kind: MessageKind = raw.SAMLRequest === undefined ? 'SAMLResponse' : 'SAMLRequest';
  const message = raw[kind];
  if (message === undefined) throw new SamlRefusal('message_unreadable', 'the query holds no message');
  if (raw.SAMLEncoding !== undefined && readParameter(raw.SAMLEncoding) !== deflate) {
    throw new SamlRefusal('message_unreadable', 'an encoding other than DEFLATE');
  }
  const relayState = raw.RelayState === undefined ? undefined : readTextParameter(raw.RelayState);
  checkRelayState(relayState);
  return {
    kind,
    xml: textOf(inflated(readParameter(message))),
    ...(relayState === undefined ? {} : { relayState }),
    // Half a signature is one that fails, not one that was never there.
    isSigned: raw.Signature !== undefined || raw.SigAlg !== undefined,
  };
}

/** Stops at the limit: a thousandth of it can be the length of what was sent. */
function inflated(base64: string): Buffer {
  const deflated = decodeBase64(base64);
  if (!deflated) throw new SamlRefusal('message_unreadable', 'the message is not base64');
  try {
    return inflateRawSync(deflated, { maxOutputLength: messageLimits.characters });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw new SamlRefusal('message_too_large', 'the inflated message is too large', { cause });
    }
    throw new SamlRefusal('message_unreadable', 'the message is not deflated', { cause });
  }
}

/** An XML signature in the message is not the binding's: what is sent by it goes unsigned inside (Bindings 3.4.4.1). */
export async function encodeRedirect(target: MessageTarget, xml: CanonicalXml, signer?: SigningKey): Promise<URL> {
  const message = deflateRawSync(xml).toString('base64');
  const relayState = target.relayState === undefined ? '' : `&RelayState=${encodeURIComponent(target.relayState)}`;
  const query = `${target.kind}=${encodeURIComponent(message)}${relayState}`;
  const url = new URL(target.url);
  const own = url.search === '' ? '' : `${url.search.slice(1)}&`;
  url.search = `${own}${signer ? await signRedirect(query, signer) : query}`;
  return url;
}
