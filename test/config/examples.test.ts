/** The configurations that the project ships are right, and the worked example says what the university has published. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../../src/config/load.ts';
import { fullMatch } from '../../src/config/schema/fields/pattern.ts';
import { configOf, exampleFile, loadText } from './load-text.ts';

const kyoto = () => configOf(loadConfig({ file: 'config/kyoto.yaml', environment: {} }));
const isLoginName = (kind: string, name: string): boolean =>
  fullMatch(kyoto().accounts.kinds[kind]?.loginName.pattern ?? '$.').test(name);

describe('config/kyoto.yaml', () => {
  it('is valid and stands for both kinds of account', () => {
    expect(Object.keys(kyoto().accounts.kinds)).toEqual(['ecs', 'sps']);
  });

  it('is valid under the settings of the demo', () => {
    const environment = { SEKISHO__MODE: 'development', SEKISHO__DEMO: 'true' };
    expect(loadConfig({ file: 'config/kyoto.yaml', environment }).ok).toBe(true);
  });

  it.each(['a0123456', 'a01234567'])('takes %s for an ECS-ID and not for an SPS-ID', (name) => {
    expect(isLoginName('ecs', name)).toBe(true);
    expect(isLoginName('sps', name)).toBe(false);
  });

  it.each(['kyototaro12a', 'yamadahanakonokamitachibananakanomurasaki99'])('takes %s for an SPS-ID only', (name) => {
    expect(isLoginName('sps', name)).toBe(true);
    expect(isLoginName('ecs', name)).toBe(false);
  });

  it.each(['a012345', 'a0123456 ', 'A0123456', 'b0123456', 'a0123456\n'])('takes %j for no ECS-ID', (name) => {
    expect(isLoginName('ecs', name)).toBe(false);
  });

  it('knows the ten faculties', () => {
    expect(Object.keys(kyoto().units).filter((code) => code.startsWith('f-'))).toHaveLength(10);
  });

  it('sets no rules of a policy, and shows some that would be right', () => {
    expect(kyoto().policy.rules).toEqual([]);
    const text = readFileSync('config/kyoto.yaml', 'utf8');
    const written = text.slice(text.indexOf('# policy:'), text.indexOf('\n\n# f- faculties'));
    const shown = configOf(loadText(text.replace(written, written.replaceAll(/^# ?/gm, ''))));
    expect(shown.policy.rules.map(({ name }) => name)).toEqual(['off-campus', 'grades']);
  });

  it('states no telephone number, because none is known', () => {
    expect(Object.values(kyoto().desks).filter(({ phone }) => phone !== undefined)).toEqual([]);
  });
});

describe('config/example.yaml', () => {
  it('is valid as it is', () => {
    expect(configOf(loadConfig({ file: exampleFile, environment: {} })).university.scope).toBe('example.ac.jp');
  });
});
