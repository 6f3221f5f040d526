/** The replica set: whether it has a primary, what it would lose with one member more, and who falls behind. Only judges. */
import { clockDifference } from '../../base/clock.ts';
import { hours } from '../../base/duration.ts';
import type { MemberState, PrimaryFacts, SetMember, SetStanding } from '../../store/set.ts';
import { byteSize } from '../byte-size.ts';
import { judgeRoom } from './disk.ts';
import { type Finding, note, ok, problem, warning } from './finding.ts';

/** A member says it of itself every ten seconds, on a set that nobody uses. */
const worstLag = 30_000;
/** A night and the morning after it. */
const leastOplog = hours(24);
const atNight = 'See docs/operations.md, "A set without a primary".';

export function judgeSet(standing: SetStanding): readonly Finding[] {
  const foreign = judgeKind(standing);
  if (foreign.length > 0) return foreign;
  const { members, primary } = standing;
  const found = [
    ...judgePrimary(standing),
    ...members.flatMap((member) => judgeMember(member, standing)),
    ...judgeSize(members),
    ...judgeVersions(members),
    ...members.flatMap(judgeClock),
    ...(primary ? judgeFacts(primary) : []),
  ];
  const isSick = found.some(({ check, severity }) => check === 'store' && severity !== 'note');
  return isSick ? found : [summary(standing), ...found];
}

function summary({ set, database, members, primary }: SetStanding): Finding {
  const at = members.find(({ state }) => state === 'primary');
  const size = primary ? `, ${byteSize(primary.bytes)}` : '';
  const what = `all ${members.length} members of ${set} are up, ${at?.host} is the primary; MongoDB ${at?.version}, database ${database}${size}`;
  return ok('store', what);
}

/** What is no set, or another one, is told alone: everything else would follow from it. */
function judgeKind({ set, members }: SetStanding): readonly Finding[] {
  const all = (state: MemberState): boolean => members.length > 0 && members.every((member) => member.state === state);
  if (all('uninitiated')) {
    return [problem('store', 'its servers are not made into a set yet', '`sekisho store initiate` does it, once.')];
  }
  if (all('unreachable')) {
    const todo = 'Check that mongod runs there, the host names in store.url, and what lies between.';
    return [problem('store', `none of ${hostsOf(members)} answers`, todo)];
  }
  return members.flatMap((member) => {
    const { host } = member;
    if (member.state === 'standalone') {
      const todo = `Start mongod there with --replSet ${set}.`;
      return [problem('store', `${host} is no member of a replica set`, todo)];
    }
    if (member.state === 'forbidden') {
      const todo = 'Check name, password and authSource in store.url.';
      return [problem('store', `${host} does not let us in`, todo)];
    }
    if (member.set === undefined || member.set === set) return [];
    const todo = `Write ?replicaSet=${member.set}, or check the host names in store.url.`;
    return [problem('store', `${host} belongs to the set ${member.set}, and not to ${set}`, todo)];
  });
}

function judgePrimary({ set, members }: SetStanding): readonly Finding[] {
  if (members.some(({ state }) => state === 'primary')) return [];
  const away = members.filter(({ state }) => state === 'unreachable');
  const why = away.length > 0 ? `; ${hostsOf(away)} cannot be reached from here` : '';
  return [problem('store', `${set} has no primary: nobody can sign in${why}`, atNight)];
}

function judgeMember({ host, state, lastWriteAt }: SetMember, { members }: SetStanding): readonly Finding[] {
  const primary = members.find((member) => member.state === 'primary');
  if (state === 'unreachable' && primary) {
    const left = members.filter((member) => isVoting(member.state)).length;
    const spare = left - (Math.floor(members.length / 2) + 1);
    const what = spare > 0 ? `${spare} more may fail` : 'with one more, nothing can be written';
    return [
      warning('store', `${host} cannot be reached from here; ${what}`, 'Start it, or look at what lies between.'),
    ];
  }
  if (state === 'other' || state === 'uninitiated') {
    const todo = `rs.status() there says what it does; if it does not end: ${atNight}`;
    return [warning('store', `${host} is neither primary nor secondary: it starts, or copies from another`, todo)];
  }
  const lag = state === 'secondary' && primary?.lastWriteAt && lastWriteAt ? primary.lastWriteAt - lastWriteAt : 0;
  if (lag <= worstLag) return [];
  const todo =
    'Its disk or the network is too slow, or it has just started: docs/operations.md, "A member that falls behind".';
  return [warning('store', `${host} is ${Math.round(lag / 1_000)} seconds behind the primary`, todo)];
}

const isVoting = (state: MemberState): boolean => state === 'primary' || state === 'secondary' || state === 'arbiter';

function judgeSize(members: readonly SetMember[]): readonly Finding[] {
  const todo = 'Three members that hold records, on three machines: one may fail, or be taken down for an upgrade.';
  const arbiters = members.filter(({ state }) => state === 'arbiter').length;
  const holding = members.length - arbiters;
  if (holding < 3 && arbiters === 0) {
    return [warning('store', `the set has ${holding === 1 ? 'one member' : 'two members'}: none may fail`, todo)];
  }
  if (arbiters === 0) return [];
  return [warning('store', 'the set has an arbiter: when one of the others fails, nothing can be written', todo)];
}

/** The oldest with which it was tried, and the newest for which the driver is made: docs/operations.md. */
const oldest = 6;
const newest = 8;

function judgeVersions(members: readonly SetMember[]): readonly Finding[] {
  const versions = [...new Set(members.flatMap(({ version }) => version ?? []))].sort();
  const majors = versions.map((version) => Number.parseInt(version, 10));
  const told = `MongoDB ${versions.join(' and ')}`;
  if (majors.some((major) => major < oldest)) {
    return [problem('store', `${told} is older than what Sekisho works with`, `Bring it to ${oldest}.0 or later.`)];
  }
  if (majors.some((major) => major > newest)) {
    return [note('store', `${told} is newer than what this version of Sekisho was made for`)];
  }
  if (new Set(majors).size < 2) return [];
  return [note('store', `members run ${told}`, 'If no upgrade is under way, finish the one that was begun.')];
}

function judgeClock({ host, clock }: SetMember): readonly Finding[] {
  const ahead = clock ? clock.theirs - clock.ours : 0;
  if (Math.abs(ahead) <= clockDifference) return [];
  const seconds = Math.round(Math.abs(ahead) / 1_000);
  const todo = 'Set both by NTP (chronyc tracking), the one that is wrong first.';
  return [
    problem('clock', `the clock of ${host} is ${seconds} seconds ${ahead > 0 ? 'ahead of' : 'behind'} ours`, todo),
  ];
}

function judgeRights({ us, lacksRights }: PrimaryFacts): readonly Finding[] {
  if (us === 'unnamed') {
    const todo = 'Give store.url a user and its password: docs/operations.md, "Rights and TLS".';
    return [problem('permissions', 'the database asks who we are, and store.url does not say', todo)];
  }
  if (us === 'unasked') {
    const todo = 'docs/operations.md, "Rights and TLS", says how to have it ask for passwords.';
    return [warning('permissions', 'whoever reaches the members can read and change every record', todo)];
  }
  if (lacksRights.length === 0) return [];
  const todo = 'Give it the role readWrite on that database.';
  return [problem('permissions', `our user of the database lacks ${lacksRights.join(', ')}`, todo)];
}

function judgeFacts(facts: PrimaryFacts): readonly Finding[] {
  const found: Finding[] = [];
  const say = (finding: Finding) => found.push(finding);
  found.push(...judgeRights(facts));
  if (facts.missingIndexes.length > 0) {
    const missing = facts.missingIndexes.length;
    say(note('store', `${missing} collections or indexes are not there yet; the next start makes them`));
  }
  if (facts.isJournaled === false) {
    const todo = 'Set writeConcernMajorityJournalDefault to true with rs.reconfig().';
    say(problem('store', 'the set acknowledges what is not on its disks: a power cut would lose it', todo));
  }
  if (facts.us === 'unnamed') return found;
  if (facts.oplogWindow === undefined) {
    const todo = 'Give it the role clusterMonitor on admin to have it looked at.';
    say(note('store', 'how far back the oplog reaches is not known: our user may not look', todo));
  } else if (facts.oplogWindow < leastOplog) {
    const reaches = `${(facts.oplogWindow / hours(1)).toFixed(1)} hours`;
    const todo = 'A member that is away for longer has to copy everything anew: enlarge it with replSetResizeOplog.';
    say(warning('store', `the oplog reaches back ${reaches}`, todo));
  }
  if (facts.freeBytes !== undefined) say(judgeRoom(facts.freeBytes, facts.bytes, 'the primary'));
  return found;
}

const hostsOf = (members: readonly SetMember[]): string => members.map(({ host }) => host).join(', ');
