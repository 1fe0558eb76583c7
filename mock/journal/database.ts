import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** A data directory that can't be used; the message says why and what to do. */
export class JournalError extends Error {
  override readonly name = "JournalError";
}

/** The layout of the file; a newer one is refused, since an older sandbox would misread it. */
export const schemaVersion = 1;

const schema = `
  CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS worlds (id TEXT PRIMARY KEY, born INTEGER NOT NULL, options TEXT NOT NULL, clock TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS events (seq INTEGER PRIMARY KEY AUTOINCREMENT, world TEXT NOT NULL, event TEXT NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS events_by_world ON events (world, seq);
  CREATE TABLE IF NOT EXISTS snapshots (world TEXT NOT NULL, part INTEGER NOT NULL, content TEXT NOT NULL, PRIMARY KEY (world, part)) STRICT;
`;

const busy = 5;
const corrupt = 11;
const full = 13;
const notADatabase = 26;
const ioError = 10;

/**
 * Opens the journal of a data directory and takes SQLite's lock on it, so that one process at a time uses it.
 *
 * @param directory made when it doesn't exist
 * @throws JournalError when it is no directory, is in use, is damaged, or was written by a newer version
 */
export function openDatabase(directory: string): DatabaseSync {
  makeDirectory(directory);
  const file = join(directory, "journal.sqlite");
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(file);
    // NORMAL survives a killed process; only a power cut can take the last commits with it.
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA locking_mode = EXCLUSIVE;");
    database.exec("BEGIN IMMEDIATE; COMMIT;");
    checkIntegrity(database, file);
    database.exec(schema);
    checkVersion(database, file);
    writeFileSync(join(directory, "holder.json"), JSON.stringify({ pid: process.pid }));
    return database;
  } catch (error) {
    database?.close();
    throw explained(error, directory, file);
  }
}

/** Whether an error means that the disk can't take more: SQLite's word for it, or the system's. */
export function isStorageFull(error: unknown): boolean {
  const code = sqliteCode(error);
  return code === full || code === ioError;
}

function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true });
    if (!statSync(directory).isDirectory()) throw new Error("it is a file");
  } catch (error) {
    const reason =
      error instanceof Error && "code" in error && error.code === "EEXIST" ? "it is a file" : messageOf(error);
    throw new JournalError(
      `${directory} can't be the data directory: ${reason}. Name a directory that exists or can be made.`,
    );
  }
}

function checkIntegrity(database: DatabaseSync, file: string): void {
  const [finding] = database.prepare("PRAGMA quick_check(1)").all();
  const text = String(finding?.["quick_check"] ?? "ok");
  if (text !== "ok") throw damaged(file, text);
}

function checkVersion(database: DatabaseSync, file: string): void {
  const row = database.prepare("SELECT value FROM meta WHERE key = 'schema'").get();
  if (row === undefined) database.prepare("INSERT INTO meta VALUES ('schema', ?)").run(String(schemaVersion));
  const found = Number(row?.["value"] ?? schemaVersion);
  if (found <= schemaVersion) return;
  throw new JournalError(
    `${file} was written by a newer version of calls-sandbox (layout ${found}, this one knows ${schemaVersion}). Use that version, or another --data-dir.`,
  );
}

function explained(error: unknown, directory: string, file: string): unknown {
  const code = sqliteCode(error);
  if (code === busy) {
    return new JournalError(
      `${directory} is in use by another sandbox${holder(directory)}. Stop that one, or choose another --data-dir.`,
    );
  }
  if (code === notADatabase || code === corrupt) return damaged(file, messageOf(error));
  if (code !== null) return new JournalError(`${file} can't be used: ${messageOf(error)}. Choose another --data-dir.`);
  return error;
}

function damaged(file: string, finding: string): JournalError {
  return new JournalError(
    `${file} is damaged; SQLite says: ${finding}. Restore it from a copy, or move it away to start anew.`,
  );
}

function holder(directory: string): string {
  try {
    const { pid } = JSON.parse(readFileSync(join(directory, "holder.json"), "utf8"));
    return typeof pid === "number" ? ` (process ${pid})` : "";
  } catch {
    return "";
  }
}

function sqliteCode(error: unknown): number | null {
  return error instanceof Error && "errcode" in error && typeof error.errcode === "number"
    ? error.errcode & 0xff
    : null;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
