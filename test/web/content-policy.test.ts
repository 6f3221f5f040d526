import { describe, expect, it } from '@jest/globals';
import { contentPolicy, loginTargets, logoutTargets } from '../../src/web/content-policy.ts';
import { sampleConnection } from '../core/sample-records.ts';

const directives = (policy: string) =>
  Object.fromEntries(
    policy.split('; ').map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1).join(' ')]),
  );

describe('contentPolicy', () => {
  it('allows our own style sheet, script and pictures, and nothing else', () => {
    expect(directives(contentPolicy())).toEqual({
      'default-src': "'none'",
      'style-src': "'self'",
      'script-src': "'self'",
      'img-src': "'self' data:",
      'form-action': "'self'",
      'base-uri': "'none'",
      'frame-ancestors': "'none'",
    });
  });

  it('lets forms go where the service takes the answer, each origin once', () => {
    const targets = ['https://kulasis.example', 'https://kulasis.example', 'app:'];
    expect(directives(contentPolicy(targets))['form-action']).toBe("'self' https://kulasis.example app:");
  });
});

describe('contentPolicy of a page that tells services in frames', () => {
  it('lets stand in frames what is named and our own, each once, and lets the page be asked for again', () => {
    const frames = ['https://kumoi.example', 'https://kumoi.example'];
    const policy = directives(contentPolicy([], { frames, asksAgain: true }));
    expect(policy).toMatchObject({ 'frame-src': "'self' https://kumoi.example", 'connect-src': "'self'" });
    expect(policy['frame-ancestors']).toBe("'none'");
  });

  it('lets stand in a frame of ours what says so', () => {
    expect(directives(contentPolicy([], { isFramed: true }))['frame-ancestors']).toBe("'self'");
  });
});

describe('loginTargets and logoutTargets', () => {
  const redirectUris = [
    'https://kulasis.example:8443/callback?a=b',
    'jp.example.app:/callback',
    'http://127.0.0.1/back',
  ];

  it('name origins, and of an app’s own scheme the scheme', () => {
    const targets = ['https://kulasis.example:8443', 'jp.example.app:', 'http://127.0.0.1'];
    const connection = sampleConnection({ oidc: { redirectUris, postLogoutRedirectUris: [] } });
    expect(loginTargets(connection)).toEqual(targets);
    expect(logoutTargets(connection)).toEqual([]);
    expect(logoutTargets(sampleConnection({ oidc: { postLogoutRedirectUris: redirectUris } }))).toEqual(targets);
  });

  // A path or a query with a semicolon in it would end the directive and begin another.
  it('name nothing that could begin another directive', () => {
    const connection = sampleConnection({
      oidc: { redirectUris: ["https://kulasis.example/a;script-src 'unsafe-inline'"] },
    });
    expect(contentPolicy(loginTargets(connection))).not.toContain('unsafe-inline');
  });
});
