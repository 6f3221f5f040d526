/** What `policy try` found, as people read it. */
import type { RuleTrial, Trial } from '../login/policy-trial/compare.ts';
import type { Tally } from '../login/policy-trial/tally.ts';
import { tableOf } from './table.ts';

/** More would not be read; --json has them all. */
const mostServices = 10;

export function linesOfTrial({ accounts, connections, shutNow, shut, opened, rules, services }: Trial): string[] {
  return [
    `${counted(accounts, 'active account')}, ${counted(connections, 'active service')}, judged at worst: outside, in a new browser that nobody trusts.`,
    `As the policy stands, ${counted(shutNow, 'account')} cannot enter some service.`,
    `With the change, ${counted(shut.accounts, 'account')} could no longer enter some service that they can enter now:`,
    `  ${shut.alone} could do something about it by themselves now, ${shut.desk} would have to visit a desk, ${shut.never} could not with any factor that can be set up here;`,
    `  ${shut.atBest} would be shut out at best too: inside, in a browser that is known.`,
    `With the change, ${counted(opened, 'account')} could enter some service that they cannot enter now.`,
    ...(rules.length > 0 ? [tableOf(['rule', 'concerns', 'services', ...tallyHead], rules.map(ruleRow))] : []),
    ...(services.length > 0
      ? [
          tableOf(
            ['service', ...tallyHead],
            services
              .slice(0, mostServices)
              .map(({ id, examples, ...tally }) => [id, ...tallyRow({ ...tally, examples: examples.slice(0, 1) })]),
          ),
        ]
      : []),
    ...(services.length > mostServices
      ? [`${services.length - mostServices} more services: --connection ID, or --json for all.`]
      : []),
  ];
}

const tallyHead = ['shut out', 'at best', 'by themselves', 'desk', 'never', 'such as'];

const tallyRow = ({ accounts, atBest, alone, desk, never, examples }: Tally): readonly string[] => [
  ...[accounts, atBest, alone, desk, never].map(String),
  examples.join('\n'),
];

const ruleRow = ({ name, concerns, services, ...tally }: RuleTrial): readonly string[] => [
  name,
  String(concerns),
  String(services),
  ...tallyRow(tally),
];

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
