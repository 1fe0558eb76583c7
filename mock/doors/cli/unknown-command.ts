import { UsageError } from "./explain.ts";

/**
 * Refuses a first word that names no command: commander would take it for an argument of the default command.
 *
 * @param word the first argument, if there is one; an option is none of its business
 * @throws UsageError with the commands that there are
 * @example await checkCommand("srve", ["serve", "proxy"]) // There is no command srve. Did you mean serve? There are serve, proxy.
 */
export async function checkCommand(word: string | undefined, names: readonly string[]): Promise<void> {
  if (word === undefined || word.startsWith("-") || word === "help" || names.includes(word)) return;
  // Loaded only here: a start without mistakes needs no words for them.
  const { didYouMean } = await import("../../config/words.ts");
  throw new UsageError(`There is no command ${word}. ${didYouMean(word, names)}There are ${names.join(", ")}.`);
}
