import type { PersonAction } from "../domain/commands.ts";
import type { Script, ScriptBook, ScriptStep } from "./script.ts";

const says = (pattern: string): PersonAction => ({ do: "speak", pattern });

/** Phones ring 0.3 s after the call was placed, and are picked up a second after it (PEOPLE-002, PEOPLE-003). */
const ring: ScriptStep = { afterMs: 300, action: { do: "ring" } };
const pickUp: readonly ScriptStep[] = [ring, { afterMs: 700, action: { do: "answer" } }];
const yes = { afterMs: 1_000, reply: "accept" } as const;

function talks(name: string, about: string, pattern: string, ...then: readonly ScriptStep[]): Script {
  return {
    name,
    about,
    called: pickUp,
    calling: [],
    answered: [{ afterMs: 0, action: says(pattern) }, ...then],
    permission: yes,
  };
}

function neverTalks(
  name: string,
  about: string,
  called: readonly ScriptStep[],
  calling: readonly ScriptStep[] = [],
): Script {
  return { name, about, called, calling, answered: [], permission: yes };
}

/** A call that is answered and then fails, as Meta reports trouble with the media; shortened to a second (assumption). */
function failsAfterAnswer(code: string, about: string): Script {
  return {
    ...neverTalks(`fail-${code}`, about, pickUp),
    answered: [{ afterMs: 1_000, action: { do: "fail", code } }],
  };
}

function failsBeforeAnswer(code: string, about: string): Script {
  return neverTalks(`fail-${code}`, about, [ring, { afterMs: 700, action: { do: "fail", code } }]);
}

const scripts: readonly Script[] = [
  talks("answer", "Rings, answers after 1 s, talks in turns, stays.", "turns"),
  talks("hang-up", "Answers and hangs up after 5 s.", "turns", { afterMs: 5_000, action: { do: "hang-up" } }),
  neverTalks(
    "reject",
    "Rings and declines; as a caller gives up after 1 s.",
    [ring, { afterMs: 700, action: { do: "reject" } }],
    [{ afterMs: 1_000, action: { do: "hang-up" } }],
  ),
  neverTalks("no-answer", "Lets it ring until the network gives up.", [ring]),
  neverTalks("busy", "Is on another call: the call ends without an answer.", [
    { afterMs: 1_000, action: { do: "hang-up" } },
  ]),
  neverTalks("unreachable", "The phone can't be reached: the call fails.", [
    { afterMs: 1_000, action: { do: "fail", code: null } },
  ]),
  talks("silent", "Answers and says nothing.", "silence"),
  talks("echo", "Answers and gives back what the client says after 500 ms.", "echo"),
  talks("talkative", "Answers and hardly ever pauses.", "monologue"),
  failsBeforeAnswer("138019", "The WhatsApp client can't set the call up."),
  failsBeforeAnswer("138020", "The WhatsApp client can't reach the relay."),
  failsAfterAnswer("138021", "Answers, then hangs up because no media arrives."),
  failsAfterAnswer("138022", "Answers, then hangs up because it can't send media."),
  failsAfterAnswer("138023", "Answers, and the call ends without any sign of media."),
];

/** The scripts that every world knows. */
export const builtInScripts: ScriptBook = new Map(scripts.map((script) => [script.name, script]));
