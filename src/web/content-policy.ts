/**
 * The Content-Security-Policy of our pages: nothing but our own style sheet and script, no inline code; frames for logging
 * out at services, and nowhere else.
 * Chromium applies `form-action` to the redirects after a post, so a login page names where its service takes the
 * answer; nothing else may receive a form from here.
 */
import type { Connection } from '../core/connections/connection.ts';

export interface PolicyWishes {
  /** Origins of pages that stand in frames of ours. */
  readonly frames?: readonly string[];
  /** A page of ours may have it in a frame. */
  readonly isFramed?: boolean;
  /** Its script asks for it again. */
  readonly asksAgain?: boolean;
}

export function contentPolicy(formTargets: readonly string[] = [], wishes: PolicyWishes = {}): string {
  const { frames, isFramed = false, asksAgain = false } = wishes;
  return [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self' data:",
    ["form-action 'self'", ...new Set(formTargets)].join(' '),
    ...(frames ? [["frame-src 'self'", ...new Set(frames)].join(' ')] : []),
    ...(asksAgain ? ["connect-src 'self'"] : []),
    "base-uri 'none'",
    `frame-ancestors ${isFramed ? "'self'" : "'none'"}`,
  ].join('; ');
}

/** Origins of the registered addresses; of an app's own scheme the scheme (CSP 3, 2.3.1). */
export const sourceOf = (uri: string): string => {
  const { origin, protocol } = new URL(uri);
  return origin === 'null' ? protocol : origin;
};

export const loginTargets = ({ oidc, saml }: Connection): readonly string[] =>
  (oidc ? oidc.redirectUris : saml.consumers.map(({ url }) => url)).map(sourceOf);

export const logoutTargets = ({ oidc, saml }: Connection): readonly string[] =>
  (oidc ? oidc.postLogoutRedirectUris : saml.logout.flatMap(({ url, responseUrl = url }) => [url, responseUrl])).map(
    sourceOf,
  );
