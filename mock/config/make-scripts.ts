import type { PersonAction } from "../domain/commands.ts";
import { defaultScript } from "../domain/script-choice.ts";
import { parseWait } from "../domain/wait.ts";
import { builtInScripts } from "../people/built-in-scripts.ts";
import type { PermissionReply, Script, ScriptStep } from "../people/script.ts";
import type { WrittenScript, WrittenStep } from "./file.ts";

type Written = Readonly<Record<string, WrittenScript>>;

/**
 * Makes scripts of those in a file. What a script leaves out is as in the script that it extends, else as in the
 * built-in `answer`; one that extends its own name starts from the built-in script whose place it takes.
 *
 * @param written scripts without a circle of `extends` and without an unknown name
 */
export function makeScripts(written: Written): readonly Script[] {
  const made = new Map<string, Script>();
  const make = (name: string): Script | undefined => {
    const own = Object.hasOwn(written, name) ? written[name] : undefined;
    if (own === undefined) return builtInScripts.get(name);
    const base = own.extends === undefined || own.extends === name ? undefined : make(own.extends);
    const script = made.get(name) ?? scriptOf(name, own, base ?? builtInScripts.get(own.extends ?? defaultScript));
    made.set(name, script);
    return script;
  };
  return Object.keys(written).flatMap((name) => make(name) ?? []);
}

function scriptOf(name: string, written: WrittenScript, base: Script | undefined): Script {
  const steps = (phase: "called" | "calling" | "answered") => written[phase]?.map(stepOf) ?? base?.[phase] ?? [];
  return {
    name,
    about: written.about ?? `A script of your own, like ${base?.name ?? name}.`,
    called: steps("called"),
    calling: steps("calling"),
    answered: steps("answered"),
    permission: permissionOf(written.permission, base?.permission),
  };
}

function permissionOf(
  written: WrittenScript["permission"],
  base: PermissionReply = { afterMs: 1_000, reply: "accept" },
): PermissionReply {
  const afterMs = written?.after === undefined ? base.afterMs : milliseconds(written.after);
  return { afterMs, reply: written?.reply ?? base.reply };
}

function stepOf(step: WrittenStep): ScriptStep {
  return { afterMs: milliseconds(step.after ?? "0s"), action: actionOf(step) };
}

/** The schema has made sure that each action has its own parameter. */
function actionOf({ do: action, code, pattern, digits }: WrittenStep): PersonAction {
  switch (action) {
    case "fail":
      return { do: "fail", code: code === undefined ? null : String(code) };
    case "speak":
      return { do: "speak", pattern: pattern ?? "" };
    case "send-dtmf":
      return { do: "send-dtmf", digits: digits ?? "" };
    default:
      return { do: action };
  }
}

function milliseconds(wait: string): number {
  return parseWait(wait) ?? 0;
}
