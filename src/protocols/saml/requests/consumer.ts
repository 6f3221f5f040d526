/**
 * Where the answer goes: one of the places that the connection names, and no other. Who could have a response sent to an
 * address of their own choosing would be let into the service as whoever is signed in here (Profiles 4.1.4.1).
 */
import type { SamlConsumer } from '../../../core/connections/saml-settings.ts';
import { bindings } from '../names.ts';
import { SamlRefusal } from '../refusal.ts';

export interface AskedPlace {
  readonly consumerUrl?: string;
  readonly consumerIndex?: number;
  readonly protocolBinding?: string;
}

/** @throws SamlRefusal `consumer_unknown`, `binding_unsupported` */
export function chooseConsumer(
  consumers: readonly SamlConsumer[],
  { consumerUrl, consumerIndex, protocolBinding }: AskedPlace,
): SamlConsumer {
  const binding = protocolBinding === undefined ? undefined : bindingNamed(protocolBinding);
  const open = consumers.filter((consumer) => binding === undefined || consumer.binding === binding);
  const chosen =
    consumerIndex !== undefined
      ? consumers.find(({ index }) => index === consumerIndex)
      : consumerUrl !== undefined
        ? // SAML2int SDP-IDP06: letter by letter; whatever is "nearly the same" address may be somebody else's.
          open.find(({ url }) => url === consumerUrl)
        : defaultConsumer(open);
  if (chosen) return chosen;
  const written = consumerUrl ?? (consumerIndex === undefined ? protocolBinding : `index ${consumerIndex}`);
  throw new SamlRefusal('consumer_unknown', 'the place for the answer is not one of the connection', { written });
}

function bindingNamed(name: string): SamlConsumer['binding'] {
  if (name === bindings.post) return 'post';
  if (name === bindings.artifact) return 'artifact';
  throw new SamlRefusal('binding_unsupported', 'ProtocolBinding is neither HTTP-POST nor HTTP-Artifact');
}

/** Metadata 2.2.3: the one that says so, else the first that does not say no. */
export const defaultConsumer = (consumers: readonly SamlConsumer[]): SamlConsumer | undefined =>
  consumers.find(({ isDefault }) => isDefault === true) ??
  consumers.find(({ isDefault }) => isDefault === undefined) ??
  consumers[0];
