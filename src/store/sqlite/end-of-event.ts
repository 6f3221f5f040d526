/**
 * Runs `done` when all that follows from the present event of the event loop has been done, and before any other event is heard.
 * What is asked for in the first, synchronous part of an event would otherwise end before its promises go on: Node hears ticks
 * first, then promises, and then the ticks that came up in them.
 */
export const atEndOfEvent = (done: () => void): void => queueMicrotask(() => process.nextTick(done));
