/** An ArtifactResolve as its schema has it (Core 3.5.1). */
import { namespaces } from '../names.ts';
import { invalid, optionalUri, readInOrder } from '../requests/fields.ts';
import { checkVersion, idAndTime, issuerIn } from '../requests/message.ts';
import { isNamed, type XmlElement } from '../xml/element.ts';

export interface ArtifactResolve {
  readonly id: string;
  readonly issueInstant: number;
  readonly issuer: string;
  readonly destination?: string;
  /** As it was given to the browser; a service may have wrapped its line. */
  readonly artifact: string;
}

const { protocol, assertion, signature } = namespaces;

/** @throws SamlRefusal `message_invalid`, `version_unsupported` */
export function readArtifactResolve(root: XmlElement): ArtifactResolve {
  if (!isNamed(root, protocol, 'ArtifactResolve')) throw invalid('the message is no ArtifactResolve');
  checkVersion(root);
  const { Issuer, Artifact } = readInOrder(root, {
    order: [
      { namespace: assertion, name: 'Issuer' },
      { namespace: signature, name: 'Signature' },
      { namespace: protocol, name: 'Extensions' },
      { namespace: protocol, name: 'Artifact' },
    ],
    attributes: ['ID', 'Version', 'IssueInstant', 'Destination', 'Consent'],
  });
  const artifact = Artifact?.text.replace(/\s/g, '') ?? '';
  if (artifact === '') throw invalid('Artifact is missing');
  const destination = optionalUri(root, 'Destination');
  return {
    ...idAndTime(root),
    issuer: issuerIn(Issuer),
    ...(destination === undefined ? {} : { destination }),
    artifact,
  };
}
