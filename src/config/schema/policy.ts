/** What a login must prove beside what its connection requires: rules by service, person, network and browser. */
import { z } from 'zod';
import { identifier } from '../../base/document/fields/identifier.ts';
import { localized } from '../../base/document/fields/localized.ts';
import { levels } from '../../core/credentials/level.ts';
import { roles } from '../../core/people/person.ts';
import { network } from './fields/network.ts';

/** An empty list would be met by nobody, so that the rule could never hold. */
const someOf = <Item extends z.ZodType<string>>(item: Item, words: string) => z.array(item).min(1).meta({ words });

const someNetworks = () =>
  someOf(network('a network of all addresses is no condition'), 'a list of at least one network such as 10.0.0.0/8');

const condition = z
  .strictObject({
    connections: someOf(z.string(), 'a list of at least one connection')
      .exactOptional()
      .describe('The login is to one of these connections.'),
    stages: someOf(z.enum(['test', 'production']), 'a list of test, production')
      .exactOptional()
      .describe('The connection is a test or a production one.'),
    roles: someOf(z.enum(roles), `a list of at least one of ${roles.join(', ')}`)
      .exactOptional()
      .describe('The person has one of these roles now.'),
    units: someOf(z.string(), 'a list of at least one unit')
      .exactOptional()
      .describe('The person belongs to one of these units now.'),
    accountKinds: someOf(z.string(), 'a list of at least one kind of account')
      .exactOptional()
      .describe('The account is of one of these kinds.'),
    groups: someOf(identifier(), 'a list of at least one group')
      .exactOptional()
      .describe('The person is in one of these groups, as imported.'),
    networks: someNetworks().exactOptional().describe('The request comes from one of these networks.'),
    outsideNetworks: someNetworks().exactOptional().describe('The request comes from none of these networks.'),
    newDevice: z
      .literal(true)
      .exactOptional()
      .meta({ words: 'true' })
      .describe(
        'The person has not yet given a second factor in this browser; that a password was given there does not count.',
      ),
  })
  .describe('When it holds: every condition that is given must be met. None given: at every login to a service.');

const rule = z.strictObject({
  name: identifier().describe('Names the rule in the audit trail and on the command line.'),
  when: condition,
  level: z.enum(levels).describe('The level that the login must reach then.'),
  trustedBrowser: z
    .enum(['no', 'policy'])
    .exactOptional()
    .describe('policy: a browser that the person trusts does in its place, and makes no level true. no unless said.'),
  words: localized('The line that tells the person why; made of the conditions unless said.').exactOptional(),
});

export const policy = z
  .strictObject({
    rules: z
      .array(rule)
      .prefault([])
      .describe(
        'What logins to services must prove beside what a connection requires. All rules that hold count. Logins to the portal are left alone, so that whoever has no second factor can set one up. `sekisho policy try` says whom a change would shut out.',
      ),
  })
  .describe('The policy of the university.');
