/** What to set up as a second factor, in the middle of a login: only kinds that will do for what is required. */
import { askedBecause } from '../asked-because.ts';
import type { Situation } from '../facts.ts';
import { isAdding, offeredWays, openKinds } from '../second-factor.ts';
import { serviceOf } from '../shown-connection.ts';
import type { Step } from '../step.ts';

/** Also where something was chosen that will not do any more. */
const isDue = (situation: Situation): boolean => {
  const kinds = openKinds(situation);
  const { enrolling } = situation.progress;
  return kinds.length > 0 && !(enrolling && kinds.includes(enrolling.kind));
};

export const enrolFactor = {
  name: 'enrol-factor',
  asks: 'interaction',
  isDue,

  show(_means, situation, { locale }) {
    const { connection } = situation;
    return {
      ...(connection ? { service: serviceOf(connection, locale) } : {}),
      ...askedBecause(situation, locale),
      kinds: openKinds(situation),
      orCertificate: offeredWays(situation).includes('certificate'),
      isAdding: isAdding(situation),
    };
  },

  async take(_means, situation, answer) {
    const choice = answer('choice');
    // Nothing is to be set up for it: its authority has vouched for its holder.
    if (choice === 'certificate' && offeredWays(situation).includes(choice)) {
      return { kind: 'progress', progress: { ...situation.progress, way: choice }, writes: [] };
    }
    const kind = openKinds(situation).find((open) => open === choice);
    if (kind === undefined) return { kind: 'problem', problem: { kind: 'incomplete' } };
    return { kind: 'progress', progress: { ...situation.progress, enrolling: { kind } }, writes: [] };
  },
} satisfies Step<'enrol-factor', object>;
