/**
 * An AuthnRequest as its schema has it (Core 3.2.1, 3.4.1): elements in their order, attributes of their types, nothing
 * that excludes something else. Extensions are the one place for what we do not know, and are left unread.
 */
import { namespaces } from '../names.ts';
import { isNamed, type XmlElement } from '../xml/element.ts';
import { type AskedConditions, readConditions } from './conditions.ts';
import { type AskedContext, readContext } from './contexts.ts';
import { invalid, optionalBoolean, optionalIndex, optionalUri, readInOrder } from './fields.ts';
import { checkVersion, idAndTime, issuerIn } from './message.ts';
import { readScoping, type Scoping } from './scoping.ts';
import { type AskedSubject, readSubject } from './subject.ts';

export interface NameIdPolicy {
  readonly format?: string;
  readonly spNameQualifier?: string;
  readonly allowCreate: boolean;
}

export interface AuthnRequest {
  readonly id: string;
  readonly issueInstant: number;
  readonly issuer: string;
  readonly destination?: string;
  readonly consumerUrl?: string;
  readonly consumerIndex?: number;
  readonly protocolBinding?: string;
  readonly force: boolean;
  readonly passive: boolean;
  readonly subject?: AskedSubject;
  readonly nameIdPolicy?: NameIdPolicy;
  readonly conditions?: AskedConditions;
  readonly context?: AskedContext;
  readonly scoping?: Scoping;
  /** An element for one is there: it is to be verified, or the message refused. */
  readonly hasSignature: boolean;
}

const { protocol, assertion, signature } = namespaces;

/** Core 3.2.1, then 3.4.1: one of each at most, in this order. */
const order = [
  { namespace: assertion, name: 'Issuer' },
  { namespace: signature, name: 'Signature' },
  { namespace: protocol, name: 'Extensions' },
  { namespace: assertion, name: 'Subject' },
  { namespace: protocol, name: 'NameIDPolicy' },
  { namespace: assertion, name: 'Conditions' },
  { namespace: protocol, name: 'RequestedAuthnContext' },
  { namespace: protocol, name: 'Scoping' },
] as const;

const attributes = [
  'ID',
  'Version',
  'IssueInstant',
  'Destination',
  'Consent',
  'ForceAuthn',
  'IsPassive',
  'ProtocolBinding',
  'AssertionConsumerServiceIndex',
  'AssertionConsumerServiceURL',
  'AttributeConsumingServiceIndex',
  'ProviderName',
];

/** @throws SamlRefusal `message_invalid`, `version_unsupported`, `request_unsupported` */
export function readAuthnRequest(root: XmlElement): AuthnRequest {
  if (!isNamed(root, protocol, 'AuthnRequest')) throw invalid('the message is no AuthnRequest');
  checkVersion(root);
  const found = readInOrder(root, { order, attributes });
  const { Issuer, Signature, Subject, NameIDPolicy, Conditions, RequestedAuthnContext, Scoping } = found;
  const consumerUrl = optionalUri(root, 'AssertionConsumerServiceURL');
  const protocolBinding = optionalUri(root, 'ProtocolBinding');
  const consumerIndex = optionalIndex(root, 'AssertionConsumerServiceIndex');
  // Core 3.4.1: the index names place and binding together.
  if (consumerIndex !== undefined && (consumerUrl !== undefined || protocolBinding !== undefined)) {
    throw invalid('AssertionConsumerServiceIndex stands beside AssertionConsumerServiceURL or ProtocolBinding');
  }
  const destination = optionalUri(root, 'Destination');
  return {
    ...idAndTime(root),
    issuer: issuerIn(Issuer),
    ...(destination === undefined ? {} : { destination }),
    ...(consumerUrl === undefined ? {} : { consumerUrl }),
    ...(consumerIndex === undefined ? {} : { consumerIndex }),
    ...(protocolBinding === undefined ? {} : { protocolBinding }),
    force: optionalBoolean(root, 'ForceAuthn') ?? false,
    passive: optionalBoolean(root, 'IsPassive') ?? false,
    ...(Subject ? { subject: readSubject(Subject) } : {}),
    ...(NameIDPolicy ? { nameIdPolicy: readNameIdPolicy(NameIDPolicy) } : {}),
    ...(Conditions ? { conditions: readConditions(Conditions) } : {}),
    ...(RequestedAuthnContext ? { context: readContext(RequestedAuthnContext) } : {}),
    ...(Scoping ? { scoping: readScoping(Scoping) } : {}),
    hasSignature: Signature !== undefined,
  };
}

function readNameIdPolicy(policy: XmlElement): NameIdPolicy {
  readInOrder(policy, { order: [], attributes: ['Format', 'SPNameQualifier', 'AllowCreate'] });
  const format = optionalUri(policy, 'Format');
  const { SPNameQualifier: spNameQualifier } = policy.attributes;
  return {
    ...(format === undefined ? {} : { format }),
    ...(spNameQualifier === undefined ? {} : { spNameQualifier }),
    allowCreate: optionalBoolean(policy, 'AllowCreate') ?? false,
  };
}
