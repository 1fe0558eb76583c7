// Shows each request to the Calls API with its answer, and says why it is made.

const lessons = [
  [/^GET \/numbers$/, "Which number this key belongs to."],
  [/^POST \/calls$/, "Your SDP offer, with all its candidates. The answer to it comes later."],
  [
    /^GET \/calls\/[^/]+\?includeSdp=1$/,
    "The SDP answer is there while the phone still rings: connect at once. A server gets it with call.outgoing.",
  ],
  [
    /^POST \/calls\/[^/]+\/pre-accept$/,
    "Your SDP answer prepares the path while it rings, so that the first word isn't lost.",
  ],
  [/^POST \/calls\/[^/]+\/accept$/, "The same SDP again. Only once this has answered may audio be sent."],
  [/^POST \/calls\/[^/]+\/terminate$/, "Ends the call. Closing the connection alone would not."],
  [/^GET \/calls\/[^/]+$/, "How it goes. A page has to ask; a server hears of it by webhooks."],
];

const list = document.getElementById("exchanges");
const shown = new Map();

export function clearExchanges() {
  shown.clear();
  list.replaceChildren();
}

/** Adds an exchange; one that is repeated is counted. */
export function exchange({ method, path, status, answer }) {
  const what = `${method} ${path}`;
  const known = shown.get(what) ?? add(what, path);
  known.count++;
  const times = known.count > 1 ? ` × ${known.count}` : "";
  known.head.textContent = `${method} /v1${shortened(path)}${times}`;
  known.answer.textContent = `${status} ${answer.code ?? answer.status ?? ""}`;
  known.answer.className = status < 400 ? "answer" : "answer refused";
}

function add(what) {
  const make = (tag, className = "") => Object.assign(document.createElement(tag), { className });
  const made = { head: make("code"), answer: make("span", "answer"), count: 0 };
  const lesson = make("p", "hint");
  lesson.textContent = lessons.find(([pattern]) => pattern.test(what))?.[1] ?? "";
  const row = make("li");
  row.append(made.head, made.answer, lesson);
  list.append(row);
  shown.set(what, made);
  return made;
}

/** A call's id is long, and there is one call on this page. */
function shortened(path) {
  return path.replace(/call_\w+/, "{callId}");
}
