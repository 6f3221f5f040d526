import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../../src/config/load.ts';
import { complaintsOf, configOf, linesOf, loadBeside, loadText } from './load-text.ts';

describe('loadConfig', () => {
  it('gives every default to a file that says only what has none', () => {
    const config = configOf(loadBeside(''));
    expect(config.mode).toBe('production');
    expect(config.demo).toBe(false);
    expect(config.server).toEqual({
      issuer: 'http://localhost:3000',
      listen: { host: '127.0.0.1', port: 3000 },
      proxy: { trusted: [] },
      workers: 1,
      drain: 5000,
      metrics: { allow: ['127.0.0.1/32', '::1/128'] },
    });
    expect(config.session).toEqual({
      absoluteLifetime: 43_200_000,
      idleLifetime: 7_200_000,
      logoutMessages: { giveUpAfter: 259_200_000 },
      trustedBrowserLifetime: 604_800_000,
    });
    expect(config.login.throttle.account).toEqual({
      free: 5,
      firstDelay: 5_000,
      longestDelay: 900_000,
      forgetAfter: 86_400_000,
    });
    expect(config.oidc.tokens.authorizationCode).toBe(60_000);
    expect(config.password).toEqual({
      preset: 'default',
      argon2: { memoryKiB: 19_456, iterations: 2, parallelism: 1 },
    });
    expect(config.assurance.levels.map(({ level }) => level)).toEqual(['password', 'sfa', 'mfa', 'mfa', 'aal2']);
    expect(config.units).toEqual({});
    expect(config).not.toHaveProperty('terms');
  });

  it('lists problems of every kind at once, each with its place', () => {
    const loaded = loadText(
      `
server:
  issure: https://login.example.ac.jp
  listen: { port: 70000 }
university:
  name: { ja: 例 }
  accent: '#FFFF00'
accounts:
  kinds:
    member:
      label: { ja: あ, en: a }
      short: ID
      loginName: { pattern: '(', example: a }
      holders: { ja: あ, en: a }
      desk: hlep
mainDesk: help
desks:
  help: { name: { ja: あ, en: a }, phone: 1234 }
session: { idleLifetime: 13h }
`,
      { SEKISHO__DEMO: 'true', SEKISHO__LOG__LEVEL: 'loud' },
    );
    expect([...linesOf(loaded)].sort()).toEqual(
      [
        'server.issure: unknown key; did you mean server.issuer? (test.yaml:3:3)',
        'server.listen.port: expected a whole number from 0 to 65535; got 70000 (test.yaml:4:13)',
        'university.name.en: is missing: text (test.yaml:6:3)',
        'university.shortName.ja: is missing: text (test.yaml:5:1)',
        'university.shortName.en: is missing: text (test.yaml:5:1)',
        'university.systemName.ja: is missing: text (test.yaml:5:1)',
        'university.systemName.en: is missing: text (test.yaml:5:1)',
        'university.scope: is missing: a domain name in lower case, such as example.ac.jp (test.yaml:5:1)',
        'university.accent: too light: white text on it has a contrast of 1.1 to 1, and 4.5 is needed (test.yaml:7:3)',
        'accounts.kinds.member.loginName.pattern: expected a regular expression; Invalid regular expression: /(/u: Unterminated group (test.yaml:13:20)',
        'accounts.kinds.member.desk: there is no desk hlep; did you mean help? (test.yaml:15:7)',
        'desks.help.phone: expected a telephone number in digits (put it in quotes); got 1234 (test.yaml:18:35)',
        'session.idleLifetime: is longer than session.absoluteLifetime (test.yaml:19:12)',
        'log.level: expected one of debug, info, warn, error, silent; got "loud" (SEKISHO__LOG__LEVEL)',
        'demo: refused in production: the passwords of demo people are known to everybody (SEKISHO__DEMO)',
      ].sort(),
    );
  });

  it('names every key that is missing when there is nothing at all', () => {
    const complaints = complaintsOf(loadConfig({ environment: {} }));
    expect(complaints).toContain('university.scope: is missing: a domain name in lower case, such as example.ac.jp');
    expect(complaints).toContain('accounts.kinds: is missing: a section with one part for each identifier');
    expect(complaints).toContain('desks: is missing: a section with one part for each identifier');
  });

  it('takes a key with nothing after it for absent', () => {
    expect(configOf(loadBeside('server:\nlog:\n  level:')).log.level).toBe('info');
  });

  it('takes a part with nothing after it for one whose keys are all missing', () => {
    expect(complaintsOf(loadBeside('units:\n  law:'))).toEqual([
      'units.law.name.ja: is missing: text',
      'units.law.name.en: is missing: text',
    ]);
  });

  it('never repeats a store address, which may carry a password', () => {
    const lines = linesOf(loadBeside('store: { url: "mongodb://root:hunter2@db/sekisho" }'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain('hunter2');
  });

  it('asks for quotes around a number that should be text', () => {
    expect(complaintsOf(loadBeside('keys: { directory: 5 }'))).toEqual([
      'keys.directory: expected text; got the number 5: put it in quotes',
    ]);
  });

  it('says that a file does not exist', () => {
    expect(linesOf(loadConfig({ file: 'no/such.yaml', environment: {} }))).toEqual([
      'the file does not exist (no/such.yaml)',
    ]);
  });

  it.each([
    ['a key written twice', 'log: {}\nlog: {}', 'test.yaml:2:1'],
    ['broken syntax', 'log: [', 'test.yaml:1:7'],
    ['a tag of another language', 'log: !ruby/object x', 'test.yaml:1:6'],
    ['a list at the top', '- log', 'test.yaml'],
  ])('stops at %s and says where', (_, text, position) => {
    const loaded = loadText(text);
    expect(loaded.ok ? [] : loaded.problems.map((problem) => problem.position)).toEqual([position]);
  });
});
