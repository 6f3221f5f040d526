/** Desks that are named somewhere must exist. */

import { nearest } from '../../base/document/nearest.ts';
import type { Finding, Path } from '../../base/document/problem.ts';
import type { AcceptedPart } from '../schema.ts';

export function checkReferences({ desks, mainDesk, accounts }: AcceptedPart): readonly Finding[] {
  if (desks === undefined) return [];
  const known = Object.keys(desks);
  const named: readonly { path: Path; desk: string | undefined }[] = [
    { path: ['mainDesk'], desk: mainDesk },
    ...Object.entries(accounts?.kinds ?? {}).map(([id, kind]) => ({
      path: ['accounts', 'kinds', id, 'desk'],
      desk: kind?.desk,
    })),
  ];
  return named.flatMap(({ path, desk }) => {
    if (desk === undefined || known.includes(desk)) return [];
    const meant = nearest(desk, known);
    return [{ path, message: `there is no desk ${desk}${meant === undefined ? '' : `; did you mean ${meant}?`}` }];
  });
}
