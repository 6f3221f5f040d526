import { describe, expect, it } from '@jest/globals';
import { judgeCopying } from '../../../src/store/copy-judge.ts';
import { insert } from '../../../src/store/port.ts';
import { mongodb } from '../../support/mongo/fresh-database.ts';
import { describeWith } from '../../support/needs.ts';
import { describeCopy } from '../contract/copy.ts';
import { describeCopyRefusals } from '../contract/copy-refusals.ts';
import { contentsAt, storeAt, within } from '../contract/fresh-address.ts';
import { courses, sampleCollections } from '../contract/sample-records.ts';
import { temporaryFiles } from '../sqlite/temporary-file.ts';
import { freshDatabases } from './fresh-databases.ts';

describeWith(mongodb, 'a replica set', () => {
  const newPath = temporaryFiles();
  const file = async () => `sqlite:${newPath()}`;
  const database = freshDatabases();

  describe('copied into from a file', () => {
    describeCopy(file, database);
    describeCopyRefusals(file, database);
  });
  describe('copied from into a file', () => {
    describeCopy(database, file);
    describeCopyRefusals(database, file);
  });

  it('is not copied into itself, by whatever list of its members', async () => {
    const url = await database();
    await within(storeAt(url), (store) => store.commit([insert(courses, { id: 'a' })]));
    const [, hosts = ''] = /^mongodb:\/\/([^/]+)/.exec(url) ?? [];
    const other = url.replace(hosts, hosts.split(',').toReversed().slice(0, 1).join());
    const judgement = await within(contentsAt(url), (source) =>
      within(contentsAt(other), (target) =>
        judgeCopying({ source, target, collections: sampleCollections, liveAt: 0, isTrace: () => false }),
      ),
    );
    expect(judgement).toEqual({ kind: 'refused', reason: 'same_store' });
  });
});
