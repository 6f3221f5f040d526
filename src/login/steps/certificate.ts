/**
 * A client certificate. The page leads to the origin that asks for one, which sends the browser back with a sealed report
 * of what it saw; only the answer to this page counts, given in the browser in which the login began.
 */
import { type CertificateReport, openReport } from '../../core/credentials/certificates/certificate-report.ts';
import { proveCertificate } from '../../core/credentials/certificates/certificate-use.ts';
import { credentials } from '../../core/credentials/credential.ts';
import { replace } from '../../store/port.ts';
import { askedBecause } from '../asked-because.ts';
import { configuredSubjects } from '../configured-certificates.ts';
import { deskOfKind } from '../configured-desk.ts';
import { planEnrol } from '../enrol.ts';
import { tryFactor } from '../factor-try.ts';
import type { Situation } from '../facts.ts';
import { provenWith } from '../prove.ts';
import { offeredWays, wayDue } from '../second-factor.ts';
import { serviceOf } from '../shown-connection.ts';
import { shownProblem } from '../shown-problem.ts';
import type { Step, StepMeans } from '../step.ts';

export const certificate = {
  name: 'certificate',
  asks: 'login',

  isDue: (situation) => wayDue(situation) === 'certificate',

  show(means, situation, { locale, problem, brought }) {
    const { world, config } = means;
    const { connection, subject, turn } = situation;
    const report = problem ? undefined : reportIn(means, situation, brought);
    return {
      ...(connection ? { service: serviceOf(connection, locale) } : {}),
      ...askedBecause(situation, locale),
      origin: config.server.certificateOrigin ?? '',
      turn: turn?.number ?? 0,
      ...(report?.kind === 'good' ? { found: { name: nameOf(report), report: brought ?? '' } } : {}),
      ...(report?.kind === 'refused' ? { refusal: report.reason } : {}),
      // Of another page or too old: it is asked for anew.
      ...(brought !== undefined && !report && !problem ? { error: 'lapsed' as const } : {}),
      desk: deskOfKind(config, subject?.account.kind, locale),
      hasOtherWays: offeredWays(situation).length > 1,
      ...shownProblem(problem, world.clock.now()),
    };
  },

  async take(means, situation, answer, origin) {
    const { world, config } = means;
    const { subject, progress } = situation;
    if (!subject) throw new Error('a certificate is asked of nobody');
    if (answer('choice') === 'another') {
      return { kind: 'progress', progress: { ...progress, way: 'choose' }, writes: [] };
    }
    const report = reportIn(means, situation, answer('report'));
    if (report?.kind !== 'good') return { kind: 'problem', problem: { kind: 'lapsed' } };
    const proof = await proveCertificate(world, configuredSubjects(config), subject, report.certificate);
    if (proof.kind === 'other_account' || proof.kind === 'taken_away') {
      // The right one is no guess: only wrong ones are counted, so that whoever brings theirs keeps the owner from nothing.
      const attempted = await tryFactor(means, 'certificate', { ...situation, subject }, origin);
      return attempted.kind === 'refused' ? attempted.result : attempted.fail(proof.kind);
    }
    if (proof.kind === 'new') {
      const move = await planEnrol(means, situation, origin.actor, proof);
      return { kind: 'progress', progress: move.progress, writes: move.writes };
    }
    return {
      kind: 'progress',
      progress: provenWith(progress, subject.account.id, proof.use),
      writes: [replace(credentials, proof.factor)],
    };
  },
} satisfies Step<'certificate', object>;

/** For this page of this login only; undefined where there is none that opens. */
function reportIn(
  { world, masterKey }: StepMeans,
  { turn }: Situation,
  sealed: string | undefined,
): CertificateReport | undefined {
  if (sealed === undefined || sealed === '' || !turn) return undefined;
  return openReport(world, masterKey, { attemptId: turn.attemptId, turn: turn.number }, sealed);
}

const nameOf = ({ certificate: { names, subject } }: Extract<CertificateReport, { kind: 'good' }>): string =>
  names.commonName[0] ?? subject;
