/** A number of bytes as people say it: `12 MB`. Three digits are enough to recognise a file by. */
const format = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];

export function byteSize(bytes: number): string {
  const step = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
  return `${format.format(bytes / 1000 ** step)} ${units[step]}`;
}
