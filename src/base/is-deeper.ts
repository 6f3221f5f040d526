/** Whether lists and objects lie in one another more than so many deep, `value` itself among them. Looks no deeper than that. */
export const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((held) => isDeeper(held, levels - 1)));
