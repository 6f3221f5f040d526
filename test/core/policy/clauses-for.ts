/** All that a login asks of the rules in one: which of them hold for this person, at this connection, in these circumstances. */
import {
  clausesHere,
  type Policy,
  type PolicyClause,
  type PolicyPlace,
  type PolicySubject,
  type PolicyVisit,
  rulesAbout,
} from '../../../src/core/policy/policy.ts';

export interface PolicyFacts {
  readonly place: PolicyPlace;
  readonly subject: PolicySubject;
  readonly visit: PolicyVisit;
}

export const clausesFor = (policy: Policy, { place, subject, visit }: PolicyFacts): readonly PolicyClause[] =>
  clausesHere(
    rulesAbout(policy, place, () => subject),
    visit,
  );
