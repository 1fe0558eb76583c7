import type { Voice } from "./voice.ts";

interface Turn {
  voice: Voice | null;
  readonly start: number;
  readonly end: number;
}

/** One person over a whole call: what they say now, and the keys they press in between. Places count samples since the answer. */
export class Speaker {
  #turns: Turn[] = [];
  #keys: Turn[] = [];

  /**
   * From a place on the person says something else.
   *
   * @returns hands in the voice, now or when its files were read; until then there is silence
   */
  say(start: number): (voice: Voice) => void {
    const turn: Turn = { voice: null, start, end: Number.POSITIVE_INFINITY };
    this.#turns.push(turn);
    return (voice) => {
      turn.voice = voice;
    };
  }

  /** The person presses keys; what they were saying goes on unheard meanwhile. */
  press(start: number, length: number, voice: Voice): void {
    const from = Math.max(start, this.#keys.at(-1)?.end ?? 0);
    this.#keys.push({ voice, start: from, end: from + length });
  }

  /** Fills a frame; `heard` is what the client said in the same stretch. */
  speak(out: Int16Array, from: number, heard: Int16Array): void {
    out.fill(0);
    for (let done = 0; done < out.length; ) {
      const place = from + done;
      const end = Math.min(out.length, this.#nextChange(place) - from);
      const turn = this.#turnAt(place);
      turn?.voice?.speak(out.subarray(done, end), place - turn.start, heard.subarray(done, end));
      done = end;
    }
    this.#forget(from + out.length);
  }

  #turnAt(place: number): Turn | undefined {
    const pressed = this.#keys.find(({ start, end }) => place >= start && place < end);
    return pressed ?? this.#turns.findLast(({ start }) => start <= place);
  }

  #nextChange(place: number): number {
    let next = Number.POSITIVE_INFINITY;
    for (const turns of [this.#turns, this.#keys]) {
      for (const { start, end } of turns) {
        if (start > place) next = Math.min(next, start);
        if (end > place) next = Math.min(next, end);
      }
    }
    return next;
  }

  #forget(place: number): void {
    if (this.#turns.length > 1) {
      const present = this.#turns.findLastIndex(({ start }) => start <= place);
      if (present > 0) this.#turns = this.#turns.slice(present);
    }
    if (this.#keys.length > 0) this.#keys = this.#keys.filter(({ end }) => end > place);
  }
}
