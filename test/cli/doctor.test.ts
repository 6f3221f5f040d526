import { chmodSync, readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { CheckName } from '../../src/cli/doctor/finding.ts';
import { doctorStage, production, says } from './doctor/doctor-stage.ts';

const { begin, cli, consult, findingsOn, path } = doctorStage();

describe('doctor', () => {
  it('finds nothing wrong with a new installation, and makes nothing', async () => {
    const { ok, counts } = await consult();
    expect({ ok, problems: counts.problem, warnings: counts.warning }).toEqual({ ok: true, problems: 0, warnings: 0 });
    expect(readdirSync(cli().folder)).toEqual([]);
  });

  it('finds nothing wrong with a store that works, and changes nothing in it', async () => {
    await begin();
    const before = await cli().events();
    const { ok, findings } = await consult();
    expect(findings.filter(({ severity }) => severity === 'problem' || severity === 'warning')).toEqual([]);
    expect(ok).toBe(true);
    const looked: CheckName[] = ['configuration', 'proxies', 'store', 'disk', 'permissions', 'keys', 'clock', 'demo'];
    expect(findings.map(({ check }) => check)).toEqual(expect.arrayContaining(looked.slice(0, -1)));
    expect(await cli().events()).toBe(before);
  });

  it('says each finding in a line with what to do in the next, and exits with 1 for a problem', async () => {
    await begin();
    chmodSync(path('sekisho.db'), 0o644);
    const { exitCode, out, err } = await cli().sekisho(['doctor']);
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
    expect(err).toContain(`problem  permissions: others can read ${path('sekisho.db')}`);
    expect(err).toMatch(/\nproblems: 1, warnings: 0, notes: \d+, in order: \d+\n$/);
  });

  it('tells every problem of a configuration that cannot be used, and looks no further', async () => {
    cli().write('bad.yaml', 'sevrer: {}\nmode: fast\n');
    const { ok, findings } = await consult(['--config', 'bad.yaml']);
    expect(ok).toBe(false);
    expect(findings).toContainEqual(
      expect.objectContaining({ check: 'configuration', what: expect.stringContaining('did you mean server?') }),
    );
    expect(findings.every(({ check, severity }) => check === 'configuration' && severity === 'problem')).toBe(true);
  });
});

describe('doctor on the configuration', () => {
  it('notes what production would refuse', async () => {
    const found = await findingsOn('configuration');
    expect(found.map(({ severity }) => severity)).not.toContain('problem');
    expect(found.map(({ what }) => what)).toEqual(
      expect.arrayContaining([
        'the mode is development',
        expect.stringContaining('production would refuse password.argon2'),
      ]),
    );
  });

  it('notes that no browser takes passkeys where the issuer is an address', async () => {
    const environment = { SEKISHO__SERVER__ISSUER: 'http://[::1]:3000' };
    expect(await findingsOn('configuration', { environment })).toEqual(
      expect.arrayContaining(says('note', /no browser takes passkeys/, /localhost/)),
    );
  });

  it('warns when a proxy must be there and none is trusted', async () => {
    expect(await findingsOn('proxies', production())).toEqual(
      says('warning', /none is trusted/, /server.proxy.trusted/),
    );
    const trusted = production({ SEKISHO__SERVER__PROXY__TRUSTED: '[10.0.0.1/32]' });
    expect(await findingsOn('proxies', trusted)).toEqual([]);
  });

  it('warns in production when no mail can be sent', async () => {
    expect(await findingsOn('mail', production())).toEqual(says('warning', /owed and not sent/));
  });

  it('finds a mail password that cannot be read', async () => {
    const environment = {
      SEKISHO__MAIL__HOST: 'mail.example.ac.jp',
      SEKISHO__MAIL__FROM: 'noreply@example.ac.jp',
      SEKISHO__MAIL__PASSWORDFILE: path('nowhere'),
    };
    expect(await findingsOn('mail', { environment })).toEqual(says('problem', /passwordFile .* cannot be read/));
  });
});
