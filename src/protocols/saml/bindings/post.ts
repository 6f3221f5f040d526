/** HTTP POST (Bindings 3.5.4): a message in a form that the browser sends. */
import { decodeBase64 } from '../base64.ts';
import { SamlRefusal } from '../refusal.ts';
import { textOf } from '../xml/octets.ts';
import type { CanonicalXml } from '../xml/write.ts';
import { type CarriedMessage, checkRelayState, type MessageTarget } from './message.ts';

/** @throws SamlRefusal `message_unreadable`, `message_too_large`, `xml_forbidden`. */
export function decodePost(form: URLSearchParams): CarriedMessage {
  const request = only(form, 'SAMLRequest');
  const response = only(form, 'SAMLResponse');
  const message = request ?? response;
  if (message === undefined || (request !== undefined && response !== undefined)) {
    throw new SamlRefusal('message_unreadable', 'the form holds no message, or two');
  }
  const octets = decodeBase64(message);
  if (!octets) throw new SamlRefusal('message_unreadable', 'the message is not base64');
  const relayState = only(form, 'RelayState');
  checkRelayState(relayState);
  return {
    kind: request === undefined ? 'SAMLResponse' : 'SAMLRequest',
    xml: textOf(octets),
    ...(relayState === undefined ? {} : { relayState }),
  };
}

function only(form: URLSearchParams, name: string): string | undefined {
  const [value, ...more] = form.getAll(name);
  if (more.length > 0) throw new SamlRefusal('message_unreadable', `the form has ${name} twice`);
  return value;
}

export interface PostForm {
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
}

export function encodePost(target: MessageTarget, xml: CanonicalXml): PostForm {
  return {
    action: target.url,
    fields: {
      [target.kind]: Buffer.from(xml).toString('base64'),
      ...(target.relayState === undefined ? {} : { RelayState: target.relayState }),
    },
  };
}
