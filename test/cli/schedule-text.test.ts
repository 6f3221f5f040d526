import { describe, expect, it } from '@jest/globals';
import { scheduleText } from '../../src/cli/schedule-text.ts';
import { parseSchedule } from '../../src/core/leases/schedule.ts';

describe('scheduleText', () => {
  it.each(['every 1s', 'every 90s', 'every 5m', 'every 1h', 'every 2d', 'daily 03:10', 'daily 00:00', 'daily 23:59'])(
    'writes "%s" as it was read',
    (text) => {
      const schedule = parseSchedule(text);
      expect(schedule && scheduleText(schedule)).toBe(text);
    },
  );
});
