/** Whom a service lets answer (Core 3.4.1.2). We ask nobody else, so only its list of identity providers says anything to us. */
import { namespaces } from '../names.ts';
import { SamlRefusal } from '../refusal.ts';
import { childrenNamed, isNamed, type XmlElement } from '../xml/element.ts';
import { invalid, readInOrder, requiredText } from './fields.ts';

export interface Scoping {
  /** By entityID; absent where the service leaves it open. */
  readonly providers?: readonly string[];
}

const { protocol } = namespaces;

export function readScoping(scoping: XmlElement): Scoping {
  // Those may be many: they are counted by nobody here, and say for whom a proxy asks.
  const others = scoping.children.filter((child) => !isNamed(child, protocol, 'RequesterID'));
  const single = { ...scoping, children: others };
  const { IDPList } = readInOrder(single, {
    order: [{ namespace: protocol, name: 'IDPList' }],
    attributes: ['ProxyCount'],
  });
  const { ProxyCount } = scoping.attributes;
  // Any count will do: 0 forbids what we do not do.
  if (ProxyCount !== undefined && !/^\d{1,9}$/.test(ProxyCount)) throw invalid('ProxyCount is no number');
  if (!IDPList) return {};
  const entries = childrenNamed(IDPList, protocol, 'IDPEntry');
  if (entries.length === 0) throw invalid('IDPList is empty');
  return { providers: entries.map((entry) => requiredText(entry, 'ProviderID')) };
}

/** @throws SamlRefusal `proxying_unsupported`: another is to answer, and we do not ask others (Core 3.4.1.5). */
export function judgeScoping({ providers }: Scoping, own: string): void {
  if (providers === undefined || providers.includes(own)) return;
  throw new SamlRefusal('proxying_unsupported', 'IDPList does not name this identity provider', {
    status: { top: 'responder', second: 'noSupportedIdp' },
  });
}
