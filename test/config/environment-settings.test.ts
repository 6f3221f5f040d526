import { describe, expect, it } from '@jest/globals';
import { complaintsOf, configOf, linesOf, loadBeside } from './load-text.ts';

describe('applyEnvironment', () => {
  it('lets the environment win over the file, and the file over the default', () => {
    const file = 'server: { issuer: "https://file.example.ac.jp", listen: { port: 4000 } }';
    const { server } = configOf(loadBeside(file, { SEKISHO__SERVER__ISSUER: 'https://env.example.ac.jp' }));
    expect(server.issuer).toBe('https://env.example.ac.jp');
    expect(server.listen).toEqual({ host: '127.0.0.1', port: 4000 });
  });

  it('finds keys in any letter case', () => {
    const config = configOf(loadBeside('', { sekisho__session__ABSOLUTELIFETIME: '3h' }));
    expect(config.session.absoluteLifetime).toBe(10_800_000);
  });

  it('reads numbers, booleans and lists as YAML', () => {
    const config = configOf(
      loadBeside('', {
        SEKISHO__MODE: 'development',
        SEKISHO__DEMO: 'true',
        SEKISHO__SERVER__LISTEN__PORT: '8080',
        SEKISHO__SERVER__PROXY__TRUSTED: '[10.0.0.0/8, "2001:db8::/32"]',
      }),
    );
    expect(config.demo).toBe(true);
    expect(config.server.listen.port).toBe(8080);
    expect(config.server.proxy.trusted).toEqual(['10.0.0.0/8', '2001:db8::/32']);
  });

  it('takes text as it is: a colour is no comment and digits are no number', () => {
    const config = configOf(
      loadBeside('', { SEKISHO__UNIVERSITY__ACCENT: '#0A2E6E', SEKISHO__DESKS__HELP__PHONE: '075' }),
    );
    expect(config.university.accent).toBe('#0A2E6E');
    expect(config.desks.help?.phone).toBe('075');
  });

  it('adds a part under a new identifier, in lower case', () => {
    const config = configOf(
      loadBeside('', { SEKISHO__UNITS__LAW__NAME__JA: '法学部', SEKISHO__UNITS__LAW__NAME__EN: 'Law' }),
    );
    expect(config.units).toEqual({ law: { name: { ja: '法学部', en: 'Law' } } });
  });

  it('takes an empty variable for one that sets nothing', () => {
    expect(configOf(loadBeside('', { SEKISHO__LOG__LEVEL: '' })).log.level).toBe('info');
  });

  it('leaves variables of others alone', () => {
    expect(loadBeside('', { SEKISHO_SERVICE_HOST: '10.0.0.1', PATH: '/bin' }).ok).toBe(true);
  });

  it.each([
    [
      { SEKISHO__SERVER__ISSURE: 'x' },
      'server.issure: unknown key; did you mean SEKISHO__SERVER__ISSUER? (SEKISHO__SERVER__ISSURE)',
    ],
    [{ SEKISHO__SERVER: 'x' }, 'server: is a section: set its keys one by one (SEKISHO__SERVER)'],
    [{ SEKISHO__LOG__LEVEL__X: 'x' }, 'log.level.x: unknown key (SEKISHO__LOG__LEVEL__X)'],
    [
      { SEKISHO__SERVER__PROXY__TRUSTED: '[' },
      'server.proxy.trusted: cannot be read as YAML (SEKISHO__SERVER__PROXY__TRUSTED)',
    ],
  ])('refuses %j', (environment, line) => {
    expect(linesOf(loadBeside('', environment))).toEqual([line]);
  });

  it('refuses two variables for one key', () => {
    const environment = { SEKISHO__LOG__LEVEL: 'info', SEKISHO__log__level: 'warn' };
    expect(complaintsOf(loadBeside('', environment))).toEqual(['log.level: also set by SEKISHO__LOG__LEVEL']);
  });
});
