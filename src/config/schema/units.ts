/** The parts of the university that people belong to. */
import { z } from 'zod';
import { identifier } from '../../base/document/fields/identifier.ts';
import { localized } from '../../base/document/fields/localized.ts';

export const unit = z.strictObject({ name: localized('The name of the unit.') });

export type Unit = z.output<typeof unit>;

export const units = z
  .record(identifier(), unit)
  .prefault({})
  .describe('Faculties, graduate schools, institutes and offices, by code.');
