import { describe, expect, it } from '@jest/globals';
import { judgeOf } from '../../src/outgoing/address-judge.ts';
import { permittedAddresses } from '../../src/outgoing/permitted-addresses.ts';

const judge = judgeOf(['10.1.0.0/16']);
const permitted = (isSecure: boolean, isSelfProving: boolean, ...addresses: readonly string[]) =>
  permittedAddresses({ host: 'repository.example', isSecure, isSelfProving }, judge, async () => addresses);

describe('permittedAddresses', () => {
  it.each([
    ['over TLS', true, false],
    ['over http, where what is fetched is signed', false, true],
  ])('lets a public address pass %s', async (_, isSecure, isSelfProving) => {
    expect(await permitted(isSecure, isSelfProving, '8.8.8.8')).toEqual(['8.8.8.8']);
  });

  it('refuses a public address over http', async () => {
    await expect(permitted(false, false, '8.8.8.8')).rejects.toMatchObject({ reason: 'scheme_refused' });
  });

  it.each([true, false])(
    'refuses the addresses of others’ machines whatever is fetched (signed: %s)',
    async (isSigned) => {
      await expect(permitted(false, isSigned, '192.168.0.1')).rejects.toMatchObject({ reason: 'address_refused' });
      expect(await permitted(false, isSigned, '10.1.0.1', '192.168.0.1')).toEqual(['10.1.0.1']);
    },
  );
});
