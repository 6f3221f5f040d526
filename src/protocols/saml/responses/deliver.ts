/** How a response leaves: in a form that the browser posts, or as an artifact for which the service comes itself. */
import type { Config } from '../../../config/schema.ts';
import type { SamlConnection } from '../../../core/connections/connection.ts';
import type { World } from '../../../core/world.ts';
import type { Answer } from '../answer.ts';
import { keepResponse } from '../artifacts/kept-response.ts';
import { encodePost } from '../bindings/post.ts';
import { issuerFor } from '../issuer.ts';
import type { ReplyPlace } from '../requests/question.ts';
import type { CanonicalXml } from '../xml/write.ts';

export interface DeliverMeans {
  readonly world: World;
  readonly config: Config;
}

export async function deliver(
  { world, config }: DeliverMeans,
  connection: SamlConnection,
  { consumer, relayState }: ReplyPlace,
  xml: CanonicalXml,
): Promise<Answer> {
  if (consumer.binding === 'post') {
    return { kind: 'form', ...encodePost({ url: consumer.url, kind: 'SAMLResponse', relayState }, xml), connection };
  }
  const artifact = await keepResponse(world, xml, {
    issuer: issuerFor(config, connection),
    connectionId: connection.id,
    lifetime: config.saml.artifactLifetime,
  });
  // Bindings 3.6.3.1. What the service has in its address stays letter by letter: some have their whole path in the query.
  const url = new URL(consumer.url);
  const told = new URLSearchParams({
    SAMLart: artifact,
    ...(relayState === undefined ? {} : { RelayState: relayState }),
  });
  url.search = url.search === '' ? `${told}` : `${url.search}&${told}`;
  return { kind: 'redirect', to: url.href };
}
