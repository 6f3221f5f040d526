/**
 * RequestedAuthnContext (Core 3.3.2.2.1) as levels: which names would answer it, and whether any of them can be reached here
 * at all. What is said in the end, responses/context.ts finds, of the factors that were really used.
 */
import type { SamlConnection } from '../../../core/connections/connection.ts';
import { multipleAuthn } from '../../../core/connections/saml/microsoft365.ts';
import {
  type Assertable,
  acceptableNames,
  type Comparison,
  comparisons,
  type LevelNames,
} from '../../../core/credentials/assertion.ts';
import { reachableLevels } from '../../../core/credentials/assurance.ts';
import type { LevelDemand } from '../../../login/request.ts';
import { namespaces, unspecifiedContext } from '../names.ts';
import { SamlRefusal } from '../refusal.ts';
import { childrenNamed, type XmlElement } from '../xml/element.ts';
import { checkAttributes, invalid } from './fields.ts';

export interface AskedContext {
  readonly comparison: Comparison;
  /** In the service's order of preference. */
  readonly names: readonly string[];
  /** Declarations are asked for: what they declare, nobody here can compare. */
  readonly isDeclared?: true;
}

const { assertion } = namespaces;

export function readContext(element: XmlElement): AskedContext {
  checkAttributes(element, ['Comparison']);
  const { Comparison = 'exact' } = element.attributes;
  const comparison = comparisons.find((known) => known === Comparison);
  if (comparison === undefined) throw invalid('Comparison is none of the four');
  const declarations = childrenNamed(element, assertion, 'AuthnContextDeclRef');
  if (declarations.length > 0 && declarations.length === element.children.length) {
    return { comparison, names: [], isDeclared: true };
  }
  const references = childrenNamed(element, assertion, 'AuthnContextClassRef');
  if (references.length === 0 || references.length < element.children.length) {
    throw invalid('RequestedAuthnContext names no class, or something else beside');
  }
  const names = references.map(({ text }) => text.trim());
  if (names.length > mostNames || names.some((name) => name.length > longestName)) {
    throw invalid('RequestedAuthnContext names more than anybody needs');
  }
  return { comparison, names };
}

/** They are kept with the login, for whoever asks: a few hundred octets of a query can be inflated to very many. */
const mostNames = 20;
/** SAML2int SDP-G02. */
const longestName = 256;

export const unmet = (detail: string): SamlRefusal =>
  new SamlRefusal('context_unmet', detail, { status: { top: 'responder', second: 'noAuthnContext' } });

/**
 * The names by which levels are told to this service: some know but one, and take any other for nothing at all. Microsoft's
 * own is told to others only where they ask for it by name.
 */
export const namesFor = (all: LevelNames, { saml }: Pick<SamlConnection, 'saml'>, asked?: AskedContext): LevelNames =>
  all.filter(({ name }) => saml.contexts?.includes(name) ?? (name !== multipleAuthn || asked?.names.includes(name)));

const none: LevelDemand = { acceptable: [], essential: false };

/**
 * What the login machine is asked to reach.
 * @throws SamlRefusal `context_unmet` where no login here could: the person is not led through one for nothing.
 */
export function demandOf(
  { rule, order, names }: Assertable,
  { saml, trustedBrowser, requiredLevel }: Pick<SamlConnection, 'saml' | 'trustedBrowser' | 'requiredLevel'>,
  asked: AskedContext | undefined,
): LevelDemand {
  if (asked === undefined || isMetByAny(asked)) return none;
  const acceptable = acceptableNames(names, order, asked);
  // The connection demands that level of every login already, and there a trusted browser may stand in: an operator has
  // decided that it is told by this name then (saml-settings.ts).
  const isCovered = trustedBrowser === 'policy' && acceptable.some(({ level }) => level === requiredLevel);
  if (isCovered && acceptable.some(({ name }) => name === saml.tellsTrustedBrowserAs)) return none;
  const reachable = reachableLevels(rule);
  const levels = acceptable.map(({ level }) => level).filter((level) => reachable.includes(level));
  if (levels.length === 0) {
    // Told that nothing of this can be had here, Microsoft asks again, for as long as the person stays.
    if (saml.preset === 'microsoft365') return none;
    throw unmet(
      asked.isDeclared ? 'AuthnContextDeclRef is asked for' : 'no class that was asked for can be reached here',
    );
  }
  return { acceptable: [...new Set(levels)], essential: true };
}

/** Every login is one by unspecified means; to be better than that is to be anything that has a name. */
export const isMetByAny = ({ comparison, names }: AskedContext): boolean =>
  names.includes(unspecifiedContext) && comparison !== 'better' && comparison !== 'maximum';
