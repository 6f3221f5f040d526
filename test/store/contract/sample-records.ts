/** Collections that stand for the shapes records take: unique and compound indexes, search terms, expiry, counters. */
import type { Collection } from '../../../src/store/port.ts';

export interface Course {
  readonly id: string;
  readonly code?: string | null;
  readonly faculty?: string;
  readonly year?: number;
  readonly isOpen?: boolean;
  readonly words?: readonly string[];
  readonly title?: string;
}

export const courses: Collection<Course> = {
  name: 'courses',
  indexes: [
    { name: 'code', fields: ['code'], unique: true },
    { name: 'facultyYear', fields: ['faculty', 'year'] },
    { name: 'open', fields: ['isOpen'] },
    { name: 'words', fields: ['words'], multiple: true },
  ],
};

export interface Ticket {
  readonly id: string;
  readonly seat?: string;
  readonly aliases?: readonly string[];
  readonly holder?: string;
  readonly uses: number;
  readonly endsAt?: number;
}

export const tickets: Collection<Ticket> = {
  name: 'tickets',
  indexes: [
    { name: 'seat', fields: ['seat'], unique: true },
    { name: 'aliases', fields: ['aliases'], unique: true, multiple: true },
    { name: 'holder', fields: ['holder'] },
  ],
  expiresAt: 'endsAt',
};

export const sampleCollections = [courses, tickets];
