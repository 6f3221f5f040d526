/**
 * Reads by id on their way. A few are under way at a time; those asked for meanwhile go together, one question for each
 * collection: on a busy node most of what a read costs is its own way there and back.
 */
import type { RecordDocument, Table } from './models.ts';

interface Waiting {
  resolve(document: RecordDocument | undefined): void;
  reject(error: unknown): void;
}

/** Questions beside each other; a lone reader never waits. */
const ways = 4;

export class GatheredGets {
  #waiting = new Map<Table, Map<string, Waiting[]>>();
  #underWay = 0;
  #isDue = false;

  /** Each caller gets a document of its own. @throws the driver's error. */
  get(table: Table, id: string): Promise<RecordDocument | undefined> {
    return new Promise((resolve, reject) => {
      const asked = this.#waiting.get(table) ?? new Map<string, Waiting[]>();
      this.#waiting.set(table, asked);
      asked.set(id, [...(asked.get(id) ?? []), { resolve, reject }]);
      this.#soon();
    });
  }

  /** After this turn of the event loop, so that what came in together goes together. */
  #soon(): void {
    if (this.#isDue || this.#underWay >= ways) return;
    this.#isDue = true;
    setImmediate(() => {
      this.#isDue = false;
      const asked = this.#waiting;
      this.#waiting = new Map();
      for (const [table, ids] of asked) void this.#ask(table, ids);
    });
  }

  async #ask(table: Table, asked: ReadonlyMap<string, readonly Waiting[]>): Promise<void> {
    this.#underWay += 1;
    try {
      const found = await read(table, [...asked.keys()]);
      for (const [id, all] of asked) {
        const document = found.get(id);
        // The first takes it; the record that it makes of it is his.
        const others = all.slice(1).map((waiting) => ({ waiting, copy: document && structuredClone(document) }));
        all[0]?.resolve(document);
        for (const { waiting, copy } of others) waiting.resolve(copy);
      }
    } catch (error) {
      for (const { reject } of [...asked.values()].flat()) reject(error);
    } finally {
      this.#underWay -= 1;
      if (this.#waiting.size > 0) this.#soon();
    }
  }
}

async function read({ model }: Table, ids: readonly string[]): Promise<ReadonlyMap<string, RecordDocument>> {
  const filter = ids.length === 1 ? { _id: { $eq: ids[0] as string } } : { _id: { $in: [...ids] } };
  const documents = await model.find(filter).lean<RecordDocument[]>();
  return new Map(documents.map((document) => [document._id, document]));
}
