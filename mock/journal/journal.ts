import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Call } from "../domain/call.ts";
import type { WorldEvent } from "../domain/events.ts";
import type { SavedClock, SavedWorld, WorldArchive, WorldBirth } from "../world/archive.ts";
import type { StateDump } from "../world/state-dump.ts";
import { isStorageFull, openDatabase } from "./database.ts";

/** SQLite's page, unless it was built otherwise. */
const pageBytes = 4_096;

/**
 * The event stream of every world in SQLite: one transaction a commit, before the state changes and before an answer
 * leaves. SQLite gives the lock, the repair of a torn write and the answer of a full disk.
 */
export class Journal implements WorldArchive {
  readonly #database: DatabaseSync;
  readonly #insertEvent: StatementSync;
  readonly #updateClock: StatementSync;

  /**
   * @param directory the data directory
   * @param options `maxBytes` bounds the file; at the bound the journal behaves as on a full disk
   * @throws JournalError when the directory can't be used
   * @example const journal = new Journal("./data");
   */
  constructor(directory: string, { maxBytes = null }: { readonly maxBytes?: number | null } = {}) {
    this.#database = openDatabase(directory);
    if (maxBytes !== null) this.#database.exec(`PRAGMA max_page_count = ${Math.ceil(maxBytes / pageBytes)}`);
    this.#insertEvent = this.#database.prepare("INSERT INTO events (world, event) VALUES (?, ?)");
    this.#updateClock = this.#database.prepare("UPDATE worlds SET clock = ? WHERE id = ?");
  }

  atomically<T>(work: () => T): T {
    return this.#inTransaction(work);
  }

  append(worldId: string, events: readonly WorldEvent[]): boolean {
    const lasting = events.filter(({ type }) => type !== "permission.probed");
    // A probe counts for one second: it is not worth a write, and reads go on when the disk is full.
    if (lasting.length === 0) return true;
    try {
      this.#inTransaction(() => {
        for (const event of lasting) this.#insertEvent.run(worldId, JSON.stringify(event));
      });
      return true;
    } catch (error) {
      if (isStorageFull(error)) return false;
      throw error;
    }
  }

  saveBirth(birth: WorldBirth, clock: SavedClock): void {
    this.#database
      .prepare("INSERT INTO worlds (id, born, options, clock) VALUES (?, ?, ?, ?)")
      .run(birth.id, birth.createdAt, JSON.stringify(birth), JSON.stringify(clock));
  }

  saveClock(worldId: string, clock: SavedClock): void {
    try {
      this.#updateClock.run(JSON.stringify(clock), worldId);
    } catch (error) {
      // The last event's time still bounds the clock after a restart.
      if (!isStorageFull(error)) throw error;
    }
  }

  forget(worldId: string): void {
    this.#inTransaction(() => {
      for (const table of ["events", "snapshots"])
        this.#database.prepare(`DELETE FROM ${table} WHERE world = ?`).run(worldId);
      this.#database.prepare("DELETE FROM worlds WHERE id = ?").run(worldId);
    });
  }

  *worlds(): Generator<SavedWorld> {
    for (const row of this.#database.prepare("SELECT id, options, clock FROM worlds ORDER BY born, id").all()) {
      const id = String(row["id"]);
      // Written by `saveBirth` and `saveClock` of this file: the parsed border of the journal.
      const birth = JSON.parse(String(row["options"])) as WorldBirth;
      const clock = JSON.parse(String(row["clock"])) as SavedClock;
      yield { birth, clock, snapshot: this.#snapshot(id), events: this.#events(id) };
    }
  }

  saveSnapshot(worldId: string, dump: StateDump): void {
    try {
      this.#inTransaction(() => {
        this.#database.prepare("DELETE FROM snapshots WHERE world = ?").run(worldId);
        this.#database.prepare("DELETE FROM events WHERE world = ?").run(worldId);
        const insert = this.#database.prepare("INSERT INTO snapshots (world, part, content) VALUES (?, ?, ?)");
        insert.run(worldId, 0, dump.core);
        let part = 1;
        for (const calls of dump.calls) insert.run(worldId, part++, JSON.stringify(calls));
      });
    } catch (error) {
      // Without room for a snapshot the events stay, and stay enough.
      if (!isStorageFull(error)) throw error;
    }
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }

  #snapshot(worldId: string): StateDump | null {
    const core = this.#database.prepare("SELECT content FROM snapshots WHERE world = ? AND part = 0").get(worldId);
    if (core === undefined) return null;
    return { core: String(core["content"]), calls: this.#snapshotCalls(worldId) };
  }

  *#snapshotCalls(worldId: string): Generator<readonly Call[]> {
    const rows = this.#database.prepare("SELECT content FROM snapshots WHERE world = ? AND part > 0 ORDER BY part");
    for (const row of rows.iterate(worldId)) yield JSON.parse(String(row["content"])) as Call[];
  }

  *#events(worldId: string): Generator<WorldEvent> {
    const rows = this.#database.prepare("SELECT event FROM events WHERE world = ? ORDER BY seq");
    for (const row of rows.iterate(worldId)) yield JSON.parse(String(row["event"])) as WorldEvent;
  }

  #inTransaction<T>(work: () => T): T {
    if (this.#database.isTransaction) return work();
    this.#database.exec("BEGIN");
    try {
      const result = work();
      this.#database.exec("COMMIT");
      return result;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      throw error;
    }
  }
}
