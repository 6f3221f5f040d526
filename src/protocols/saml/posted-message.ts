/** A message that another site had the browser post: read before it is kept, so that only messages are. */
import { DomainError } from '../../base/errors.ts';
import { connectionByEntityId } from '../../core/connections/registry.ts';
import type { World } from '../../core/world.ts';
import type { LoginOrigin } from '../../login/facts.ts';
import type { PostedRequests } from '../../login/posted-request.ts';
import type { CarriedMessage } from './bindings/message.ts';
import { decodePost } from './bindings/post.ts';
import { namespaces } from './names.ts';
import { SamlRefusal } from './refusal.ts';
import { issuerIn } from './requests/message.ts';
import { childrenNamed } from './xml/element.ts';
import { parseXml } from './xml/parse.ts';

export interface PostedMeans {
  readonly world: World;
  readonly posted: PostedRequests;
}

/** @throws SamlRefusal; DomainError `request.too_many`. */
export function keepMessage({ world, posted }: PostedMeans, form: string, from: LoginOrigin): Promise<string> {
  const message = decodePost(new URLSearchParams(form));
  const parameters = JSON.stringify(message satisfies CarriedMessage);
  return posted.keep({ parameters, from, checkAsker: () => checkSender(world, message) });
}

/** Who is not connected is refused before a long message is kept for them, rather than after. */
async function checkSender(world: World, { xml }: CarriedMessage): Promise<void> {
  const { root } = parseXml(xml);
  const written = issuerIn(childrenNamed(root, namespaces.assertion, 'Issuer')[0]);
  if (await connectionByEntityId(world, written)) return;
  throw new SamlRefusal('sender_unknown', 'no connection has this entityID', { written });
}

/** @throws DomainError `attempt.not_found` when it has been kept too long. */
export async function readMessage({ posted }: PostedMeans, handle: string): Promise<CarriedMessage> {
  const parameters = await posted.read(handle);
  if (parameters === undefined) throw new DomainError('attempt.not_found');
  return JSON.parse(parameters) as CarriedMessage;
}
