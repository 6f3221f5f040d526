/** Where a service takes what concerns the end of a session, of the places that its connection names. */
import type { SamlConnection } from '../../../core/connections/connection.ts';
import type { SamlLogoutPlace } from '../../../core/connections/saml-settings.ts';

export type BrowserPlace = SamlLogoutPlace & { readonly binding: 'redirect' | 'post' };

type Saml = Pick<SamlConnection, 'saml'>;

export const soapPlace = ({ saml }: Saml): SamlLogoutPlace | undefined =>
  saml.logout.find(({ binding }) => binding === 'soap');

/** A redirect before a form, which asks for a script or a press. */
export const browserPlace = ({ saml }: Saml): BrowserPlace | undefined =>
  placeBy('redirect', saml) ?? placeBy('post', saml);

/** By the way on which the service asked, where it takes answers by that. */
export const answerPlace = ({ saml }: Saml, binding: BrowserPlace['binding']): BrowserPlace | undefined =>
  placeBy(binding, saml) ?? browserPlace({ saml });

const placeBy = (binding: BrowserPlace['binding'], { logout }: SamlConnection['saml']): BrowserPlace | undefined => {
  const place = logout.find((one) => one.binding === binding);
  return place && { ...place, binding };
};
