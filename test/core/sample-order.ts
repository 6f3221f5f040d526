/** The order of the levels as it is by default. */
import type { LevelOrder } from '../../src/core/credentials/level.ts';

export const sampleOrder: LevelOrder = [
  ['password', 'sfa'],
  ['sfa', 'mfa'],
  ['mfa', 'aal2'],
  ['mfa', 'phishing-resistant'],
];
