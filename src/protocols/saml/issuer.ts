/** As which identity provider a service knows this installation: the name that stands in every message to it. */
import type { Config } from '../../config/schema.ts';
import type { SamlConnection } from '../../core/connections/connection.ts';
import type { Account } from '../../core/people/account.ts';

export const entityIdOf = ({ saml, server }: Config): string => saml.entityId ?? `${server.issuer}/saml/metadata`;

/** Microsoft 365 with several domains in one tenant wants another name for each (reference: IssuerUri of the domain). */
export function issuerFor(
  config: Config,
  { saml }: Pick<SamlConnection, 'saml'>,
  account?: Pick<Account, 'universityMail'>,
): string {
  const usual = saml.issuer ?? entityIdOf(config);
  const domain = account?.universityMail?.split('@').at(-1)?.toLowerCase();
  const byDomain = new Map(Object.entries(saml.issuerByDomain ?? {}));
  return (domain === undefined ? undefined : byDomain.get(domain)) ?? usual;
}
