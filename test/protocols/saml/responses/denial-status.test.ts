import { describe, expect, it } from '@jest/globals';
import type { SamlSettings } from '../../../../src/core/connections/saml-settings.ts';
import { denialReasons } from '../../../../src/login/outcome.ts';
import { statusOfDenial } from '../../../../src/protocols/saml/responses/denial-status.ts';
import { sampleSamlConnection } from '../../../core/connections/sample-saml-connection.ts';

const serviceWith = (saml: Partial<SamlSettings> = {}) => sampleSamlConnection({ saml });

describe('statusOfDenial', () => {
  it('puts nobody at fault but us, and says what for every reason', () => {
    for (const reason of denialReasons) {
      const { top, second } = statusOfDenial(reason, serviceWith());
      expect(top).toBe('responder');
      expect(second).toBeDefined();
    }
  });

  it('never tells Microsoft 365 NoAuthnContext, for which it would come back', () => {
    const microsoft = serviceWith({ preset: 'microsoft365' });
    const told = denialReasons.map((reason) => statusOfDenial(reason, microsoft).second);
    expect(told).not.toContain('noAuthnContext');
    expect(statusOfDenial('level_unreachable', serviceWith()).second).toBe('noAuthnContext');
  });
});
