export { JournalError } from "./database.ts";
export { Journal } from "./journal.ts";
