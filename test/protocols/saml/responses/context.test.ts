import { describe, expect, it } from '@jest/globals';
import type { SamlSettings } from '../../../../src/core/connections/saml-settings.ts';
import type { Assertable } from '../../../../src/core/credentials/assertion.ts';
import type { FactorUse } from '../../../../src/core/credentials/factor-use.ts';
import { unspecifiedContext } from '../../../../src/protocols/saml/names.ts';
import { contextFor } from '../../../../src/protocols/saml/responses/context.ts';
import { sampleSamlConnection } from '../../../core/connections/sample-saml-connection.ts';

const serviceWith = (saml: Partial<SamlSettings> = {}) => sampleSamlConnection({ saml });

const password: FactorUse = { kind: 'password', at: 100, preset: 'default' };
const weak: FactorUse = { kind: 'password', at: 100, preset: 'kyoto-2017' };
const totp: FactorUse = { kind: 'totp', at: 200, credentialId: 'a' };
const assertable = (...names: Assertable['names']): Assertable => ({
  rule: {
    mfaBy: { mailCode: true, recoveryCode: true, temporaryPass: false },
    aal2By: { totp: false, certificate: false, passkeys: [] },
  },
  order: [['sfa', 'mfa']],
  names,
});
const both = assertable({ level: 'sfa', name: 'urn:sfa' }, { level: 'mfa', name: 'urn:mfa' });
const exact = (...names: readonly string[]) => ({ comparison: 'exact' as const, names });
const login = (...factors: readonly FactorUse[]) => ({ factors, isTrusted: false });

describe('contextFor', () => {
  it('is the highest that is true where nothing was asked, since the oldest factor of it', () => {
    expect(contextFor(both, serviceWith(), undefined, login(password, totp))).toEqual({ name: 'urn:mfa', at: 100 });
    expect(contextFor(both, serviceWith(), undefined, login(password))).toEqual({ name: 'urn:sfa', at: 100 });
  });

  it('is one that was asked for, in the order of asking', () => {
    const told = contextFor(both, serviceWith(), exact('urn:sfa', 'urn:mfa'), login(password, totp));
    expect(told.name).toBe('urn:sfa');
  });

  it('says nothing where nothing may be said', () => {
    expect(contextFor(both, serviceWith(), undefined, login(weak)).name).toBe(unspecifiedContext);
    expect(contextFor(assertable(), serviceWith(), undefined, login(password, totp)).name).toBe(unspecifiedContext);
  });

  it('says nothing where that was asked, and prefers what was asked beside it and is true', () => {
    const asked = exact('urn:mfa', unspecifiedContext);
    expect(contextFor(both, serviceWith(), asked, login(password)).name).toBe(unspecifiedContext);
    expect(contextFor(both, serviceWith(), asked, login(password, totp)).name).toBe('urn:mfa');
  });

  it('is nothing that was not asked for, where what was asked is not true after all', () => {
    const unmet = { reason: 'context_unmet', status: { top: 'responder', second: 'noAuthnContext' } };
    const tell = (saml: Partial<SamlSettings>) =>
      contextFor(both, serviceWith(saml), exact('urn:mfa'), { factors: [password], isTrusted: true });
    expect(() => tell({})).toThrow(expect.objectContaining(unmet));
    // Microsoft would ask again, for as long as the person stays.
    expect(tell({ preset: 'microsoft365' }).name).toBe('urn:sfa');
    // Nor by a name that was not asked for, though the connection has trusted browsers told by it.
    expect(() => tell({ tellsTrustedBrowserAs: 'urn:other' })).toThrow(expect.objectContaining(unmet));
    expect(tell({ tellsTrustedBrowserAs: 'urn:mfa' })).toMatchObject({ name: 'urn:mfa', isStandIn: true });
  });

  it('is never a level that a trusted browser stood in for, unless the connection says by which name', () => {
    const trusted = { factors: [password], isTrusted: true };
    expect(contextFor(both, serviceWith(), undefined, trusted)).toEqual({ name: 'urn:sfa', at: 100 });
    const told = serviceWith({ tellsTrustedBrowserAs: 'urn:microsoft' });
    expect(contextFor(both, told, undefined, trusted)).toEqual({ name: 'urn:microsoft', at: 100, isStandIn: true });
    expect(contextFor(both, told, undefined, login(password))).toEqual({ name: 'urn:sfa', at: 100 });
  });
});
