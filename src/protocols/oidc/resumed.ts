/** The mark of an interaction that has been resumed, in a field that oidc-provider keeps and does not look at any more. */
export const resumedPrompt = { name: 'resumed', reasons: [], details: {} } as const;

export const isResumed = ({ prompt }: { readonly prompt?: unknown }): boolean =>
  (prompt as { readonly name?: unknown } | undefined)?.name === resumedPrompt.name;
