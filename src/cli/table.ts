/** A table for people, without colours: it is read in a terminal, copied into a mail, and compared by tests. */
import Table from 'cli-table3';

export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const table = new Table({ head: [...head], style: { head: [], border: [] } });
  for (const row of rows) table.push(row.map(printableLines));
  return table.toString();
}

const printableLines = (text: string): string => text.split('\n').map(printable).join('\n');

/** What came from elsewhere must not steer the terminal of whoever looks at it. */
export const printable = (text: string): string => text.replace(/\p{Cc}/gu, '\uFFFD');
