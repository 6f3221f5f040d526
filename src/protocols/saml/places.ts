/** Where this identity provider takes messages: paths under the issuer (docs: fixed names). */
export const samlPaths = {
  sso: '/saml/sso',
  artifact: '/saml/artifact',
  /** Logging out, by way of the browser: requests of services, and their answers to ours. */
  slo: '/saml/slo',
  /** The same without a browser. */
  soap: '/saml/soap',
  /** Where a login that was asked for here goes on, by its handle. */
  goOn: '/saml/continue',
} as const;
