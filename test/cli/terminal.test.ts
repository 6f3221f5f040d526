import { userInfo } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { operatorName } from '../../src/cli/terminal.ts';

const { username } = userInfo();

describe('the operator of a command', () => {
  it('is the user of the operating system', () => {
    expect(operatorName({})).toBe(username);
    expect(operatorName({ SUDO_USER: username })).toBe(username);
  });

  it('is who asked sudo, with the user that they act as, so that nobody can tell another name alone', () => {
    expect(operatorName({ SUDO_USER: 'hanako' })).toBe(`hanako as ${username}`);
  });
});
