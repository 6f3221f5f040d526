/** Who keeps what was read is told of every change once, and of no change that there was not. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ChangeReader, noteChanges } from '../../../src/store/sqlite/changes.ts';
import { Connection } from '../../../src/store/sqlite/connection.ts';
import { layOut } from '../../../src/store/sqlite/migrations.ts';
import { temporaryFiles } from './temporary-file.ts';

/** What others do just after each of the next questions was answered. */
let next: (() => void)[] = [];

class InterruptedConnection extends Connection {
  override row(...question: Parameters<Connection['row']>): ReturnType<Connection['row']> {
    const answer = super.row(...question);
    next.shift()?.();
    return answer;
  }

  override rows(...question: Parameters<Connection['rows']>): ReturnType<Connection['rows']> {
    const answer = super.rows(...question);
    next.shift()?.();
    return answer;
  }
}

describe('what has changed', () => {
  const nextFile = temporaryFiles();
  let writer: Connection;
  let reading: Connection;
  let changes: ChangeReader;

  beforeEach(() => {
    const file = { path: nextFile(), busyTimeoutMs: 0 };
    mkdirSync(dirname(file.path));
    writer = new Connection(file);
    layOut(writer);
    reading = new InterruptedConnection(file);
    changes = new ChangeReader(reading);
  });
  afterEach(() => {
    reading.close();
    writer.close();
  });

  const write = (...keys: string[]) => noteChanges(writer, keys);

  it('is told once, in the order of the groups', () => {
    expect(changes.since()).toEqual([]);
    write('a', 'b');
    write('c');
    expect(changes.since()).toEqual(['a', 'b', 'c']);
    expect(changes.since()).toEqual([]);
  });

  it('is told once where somebody writes between one question and the next', () => {
    write('a');
    next = [() => write('b')];
    expect(changes.since()).toEqual(['a', 'b']);
    expect(changes.since()).toEqual([]);
    write('c');
    next = [() => write('d'), () => write('e'), () => write('f')];
    expect(changes.since()).toEqual(['c', 'd', 'e', 'f']);
    expect(changes.since()).toEqual([]);
    write('g');
    expect(changes.since()).toEqual(['g']);
  });

  it('is told the next time where somebody writes after the last question', () => {
    write('a');
    // Asked: the version, the groups, the version.
    next = [() => {}, () => {}, () => write('b')];
    expect(changes.since()).toEqual(['a']);
    expect(changes.since()).toEqual(['b']);
    expect(changes.since()).toEqual([]);
  });

  it('may be anything where the file was changed and no group tells of it', () => {
    writer.exec('CREATE TABLE by_hand (x)');
    expect(changes.since()).toBe('anything');
    expect(changes.since()).toEqual([]);
  });
});
