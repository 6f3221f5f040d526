/** A message about logging out on its way through the browser: signed as its binding wants it. */
import type { SamlConnection } from '../../../core/connections/connection.ts';
import type { Answer } from '../answer.ts';
import type { MessageKind } from '../bindings/message.ts';
import { encodePost } from '../bindings/post.ts';
import { encodeRedirect } from '../bindings/redirect.ts';
import { type SigningKey, signEnveloped } from '../signature/sign.ts';
import { write, type XmlPiece } from '../xml/write.ts';
import type { BrowserPlace } from './logout-places.ts';

export interface Sending {
  readonly connection: SamlConnection;
  readonly binding: BrowserPlace['binding'];
  readonly url: string;
  readonly kind: MessageKind;
  readonly relayState?: string | undefined;
}

export async function sendByBrowser(
  { connection, binding, url, kind, relayState }: Sending,
  message: XmlPiece,
  signer: SigningKey,
): Promise<Exclude<Answer, { kind: 'refused' }>> {
  const xml = write(message);
  if (binding === 'redirect') {
    return { kind: 'redirect', to: (await encodeRedirect({ url, kind, relayState }, xml, signer)).href };
  }
  return { kind: 'form', ...encodePost({ url, kind, relayState }, await signEnveloped(xml, signer)), connection };
}
