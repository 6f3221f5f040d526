/** Which second factor to use: those of the person that would do, and what to do where none is at hand. */
import type { SecondFactorKind } from '../../core/credentials/factor-use.ts';
import { formatDate } from '../../i18n/format.ts';
import { askedBecause } from '../asked-because.ts';
import { deskOfKind } from '../configured-desk.ts';
import type { Situation, Subject } from '../facts.ts';
import { maySkip, offeredWays, wayDue } from '../second-factor.ts';
import { serviceOf } from '../shown-connection.ts';
import type { Step } from '../step.ts';

export const chooseFactor = {
  name: 'choose-factor',
  asks: 'login',

  isDue: (situation: Situation) => wayDue(situation) === 'choose',

  show({ config }, situation, { locale }) {
    const { connection, subject } = situation;
    return {
      ...(connection ? { service: serviceOf(connection, locale) } : {}),
      ...askedBecause(situation, locale),
      ways: offeredWays(situation).map((kind) => {
        const { labels, lastUsedAt } = heldOf(kind, subject);
        return {
          kind,
          labels,
          ...(lastUsedAt === 0 ? {} : { lastUsed: formatDate(lastUsedAt, locale, config.university.timeZone) }),
        };
      }),
      maySkip: maySkip(situation),
      desk: deskOfKind(config, subject?.account.kind, locale),
    };
  },

  async take(_means, situation, answer) {
    const choice = answer('choice');
    const chosen = offeredWays(situation).find((kind) => kind === choice);
    const way = chosen ?? (choice === 'skip' && maySkip(situation) ? choice : undefined);
    if (way === undefined) return { kind: 'problem', problem: { kind: 'incomplete' } };
    return { kind: 'progress', progress: { ...situation.progress, way }, writes: [] };
  },
} satisfies Step<'choose-factor', object>;

/** Of several of a kind all names, and the last use of any. */
function heldOf(kind: SecondFactorKind, subject: Subject | undefined) {
  const held = (subject?.held ?? []).filter((factor) => factor.kind === kind);
  return {
    labels: held.flatMap(({ label }) => (label === undefined ? [] : [label])),
    lastUsedAt: Math.max(0, ...held.map(({ lastUsedAt = 0 }) => lastUsedAt)),
  };
}
