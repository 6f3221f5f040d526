import { describe, expect, it } from '@jest/globals';
import { openLog } from '../../src/base/log.ts';

function logged(write: (log: ReturnType<typeof openLog>) => void, level: 'debug' | 'info' = 'info'): string[] {
  const lines: string[] = [];
  write(openLog(level, { write: (line: string) => void lines.push(line) }));
  return lines;
}

describe('openLog', () => {
  it('writes one JSON object a line, with the time in words', () => {
    const [line = ''] = logged((log) => log.info({ connectionId: 'kulasis' }, 'entered'));
    expect(JSON.parse(line)).toMatchObject({
      connectionId: 'kulasis',
      msg: 'entered',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    });
  });

  it.each(['password', 'secret', 'token', 'code', 'cookie', 'authorization', 'client_secret', 'refresh_token'])(
    'censors %s, at the top and one below',
    (field) => {
      const [line = ''] = logged((log) => log.info({ [field]: 'sesame', request: { [field]: 'sesame' } }));
      expect(line).not.toContain('sesame');
      expect(JSON.parse(line)).toMatchObject({ [field]: '***', request: { [field]: '***' } });
    },
  );

  it('writes nothing below its level', () => {
    expect(logged((log) => log.debug('chatter'))).toEqual([]);
    expect(logged((log) => log.debug('chatter'), 'debug')).toHaveLength(1);
  });
});
