/** `factors restore-certificate`: a client certificate that was removed from an account may prove it again. */
import type { Command } from 'commander';
import { planRestore, refusedOf } from '../core/credentials/certificates/refused-certificate.ts';
import { namedAccount } from './named-account.ts';
import { done, refused } from './report.ts';
import { addChangingVerb, onGround, type Run } from './verb.ts';

const words = {
  usage: 'restore-certificate <login-name> <serial>',
  summary: 'let a client certificate that was removed prove the account again',
  more: 'For one that was removed by mistake, after a look at its owner: whoever has a lost device could ask for the same. `factors list` shows the serial numbers of those that were removed. A new certificate needs no such act.',
  json: '{ account: { id, loginName }, serial }; refused: { refused: "not_removed" }',
};

export const addFactorsRestoreCertificate = (parent: Command, run: Run): Command =>
  addChangingVerb(parent, run, words, (call) =>
    onGround(call, async (world) => {
      const [name = '', typed = ''] = call.args;
      const { id, loginName } = await namedAccount(world, name);
      const serial = typed.toLowerCase().replaceAll(':', '').replace(/^0+/, '');
      // Authorities number for themselves: of two with the same number both come back.
      const found = (await refusedOf(world, id)).filter((one) => one.serial === serial);
      if (found.length === 0) {
        return refused([`${loginName}: no certificate ${serial} was removed; see \`factors list\`.`], {
          refused: 'not_removed',
        });
      }
      await world.store.commit(found.flatMap((one) => planRestore(world, call.actor, one)));
      return done([`${loginName}: the certificate ${serial} may be used again.`], {
        account: { id, loginName },
        serial,
      });
    }),
  );
