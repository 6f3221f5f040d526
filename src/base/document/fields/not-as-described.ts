/** What a field's check says when it has nothing to add to the words of the field: explain-issue.ts then uses those. */
export const notAsDescribed = 'not as described';
