/**
 * At server.certificateOrigin and nowhere else: looks at the certificate that the browser presented, and sends the browser
 * back to the login with a sealed report. Nothing is changed here, and nothing decided about an account: whoever is made to
 * open this address tells nobody anything but their own browser.
 */
import type { X509Certificate } from 'node:crypto';
import type Router from '@koa/router';
import { DomainError } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import type { Config } from '../../config/schema.ts';
import type { CertificateJudge } from '../../core/certificates/certificate-judge.ts';
import type { CertificateRefusal } from '../../core/certificates/judge-certificate.ts';
import { certificateFacts } from '../../core/credentials/certificates/certificate-facts.ts';
import { type CertificateReport, sealReport } from '../../core/credentials/certificates/certificate-report.ts';
import type { MasterKey } from '../../core/keys/master-key.ts';
import type { World } from '../../core/world.ts';
import { attemptIdOf } from '../../login/attempt.ts';
import { certificatePath } from '../certificate-paths.ts';
import { type PresentedCertificate, presentedCertificateOf } from '../client-certificate.ts';

export interface CertificateRouteMeans {
  readonly config: Config;
  readonly world: World;
  readonly masterKey: MasterKey;
  readonly certificates?: CertificateJudge;
  readonly log: Log;
}

export function certificateRoutes(
  router: Router,
  { config, world, masterKey, certificates, log }: CertificateRouteMeans,
): void {
  const { certificateOrigin, issuer } = config.server;
  if (!certificates || certificateOrigin === undefined) return;
  const { judge } = certificates;
  const { host } = new URL(certificateOrigin);
  const presentedIn = presentedCertificateOf(config);

  async function reportOn(presented: PresentedCertificate | undefined): Promise<CertificateReport> {
    if (!presented) return { kind: 'refused', reason: 'none_sent' };
    const verdict = await judge(presented.leaf, presented.others);
    if (!verdict.ok) {
      tellRefusal(log, presented.leaf, verdict.reason);
      return { kind: 'refused', reason: verdict.reason };
    }
    return { kind: 'good', certificate: certificateFacts(verdict.certificate) };
  }

  router.get(`${certificatePath}:handle`, async (ctx) => {
    const { handle = '' } = ctx.params;
    const turn = Number(ctx.query.turn);
    if (ctx.req.headers.host?.toLowerCase() !== host || !isHandle.test(handle) || !Number.isSafeInteger(turn)) {
      throw new DomainError('request.not_found');
    }
    const report = await reportOn(presentedIn(ctx.req));
    const sealed = sealReport(world, masterKey, { attemptId: attemptIdOf(handle), turn }, report);
    ctx.set('Cache-Control', 'no-store');
    ctx.redirect(`${issuer}/login/${handle}?certificate=${encodeURIComponent(sealed)}`);
    ctx.status = 303;
  });
}

/** Characters; the issuer of a certificate that anybody has made is whatever they like. */
const longestIssuer = 200;

/** For whoever is asked why it does not work, and where one was shown that was reported stolen. The trail names the login. */
function tellRefusal(log: Log, { serialNumber, issuer }: X509Certificate, reason: CertificateRefusal): void {
  const serial = serialNumber.slice(0, 64);
  log.info({ reason, serial, issuer: issuer?.slice(0, longestIssuer) }, 'a client certificate was refused');
}

/** As ids.token() makes them: what is put into an address of ours is nothing else. */
const isHandle = /^[\w-]{43,}$/;
