/** Loaded before everything else in the process of a node: its clock, for all that runs there, is ahead by so many milliseconds. */
const ahead = Number(process.env.SEKISHO_TEST_CLOCK_AHEAD ?? 0);
const machine = Date.now.bind(Date);

globalThis.Date = new Proxy(Date, {
  construct: (date, given, asked) => Reflect.construct(date, given.length === 0 ? [machine() + ahead] : given, asked),
  get: (date, name, asked) => (name === 'now' ? () => machine() + ahead : Reflect.get(date, name, asked)),
});
