import { describe, expect, it } from '@jest/globals';
import { minutes } from '../../../../src/base/duration.ts';
import {
  type CertificateReport,
  openReport,
  sealReport,
} from '../../../../src/core/credentials/certificates/certificate-report.ts';
import { masterKeyOf } from '../../../../src/core/keys/master-key.ts';
import { freshWorld } from '../../fresh-world.ts';
import { sampleFacts } from './sample-facts.ts';

const place = { attemptId: 'attempt-1', turn: 3 };
const report: CertificateReport = { kind: 'good', certificate: sampleFacts({ commonName: ['a0123456'] }) };

describe('a report about a certificate', () => {
  const fresh = freshWorld();
  const sealed = () => sealReport(fresh().world, fresh().masterKey, place, report);

  it('is read where it was meant for', () => {
    const { world, masterKey } = fresh();
    expect(openReport(world, masterKey, place, sealed())).toEqual(report);
  });

  it.each([
    ['in another login', { ...place, attemptId: 'attempt-2' }],
    ['on the next page of the same', { ...place, turn: 4 }],
  ])('is nothing %s', (_, elsewhere) => {
    const { world, masterKey } = fresh();
    expect(openReport(world, masterKey, elsewhere, sealed())).toBeUndefined();
  });

  it('is nothing after five minutes', () => {
    const { world, masterKey, clock } = fresh();
    const made = sealed();
    clock.advance(minutes(5) - 1);
    expect(openReport(world, masterKey, place, made)).toEqual(report);
    clock.advance(1);
    expect(openReport(world, masterKey, place, made)).toBeUndefined();
  });

  it.each(['', 'x', 'a.b.c', `${'A'.repeat(8)}.AAAA.AAAA`])('is nothing where somebody made it up: %j', (made) => {
    const { world, masterKey } = fresh();
    expect(openReport(world, masterKey, place, made)).toBeUndefined();
  });

  it('is nothing under another master key', () => {
    const { world } = fresh();
    expect(openReport(world, masterKeyOf(Buffer.alloc(32, 2)), place, sealed())).toBeUndefined();
  });
});
