import type { ApiKey } from "../domain/key.ts";
import type { Cancel } from "./clock.ts";
import type { Place } from "./place.ts";

/** A key that was found, with the world it opens. */
export interface FoundKey {
  readonly place: Place;
  readonly key: ApiKey;
}

/** The keys of all worlds, by secret and by id: reading one takes constant time however many worlds there are. */
export class KeyRing {
  readonly #bySecret = new Map<string, FoundKey>();
  readonly #byKeyId = new Map<string, FoundKey>();

  bySecret(secret: string): FoundKey | undefined {
    return this.#bySecret.get(secret);
  }

  byKeyId(id: string): FoundKey | undefined {
    return this.#byKeyId.get(id);
  }

  /** Takes over the keys that a world has and will have; returns the way to drop them all. */
  attach(place: Place): Cancel {
    this.#addAll(place);
    const stop = place.world.subscribe((event) => {
      if (event.type === "key.issued") this.#add({ place, key: event.key });
      if (event.type !== "world.reset") return;
      this.#drop(place);
      this.#addAll(place);
    });
    return () => {
      stop();
      this.#drop(place);
    };
  }

  #addAll(place: Place): void {
    for (const key of place.world.state.keys.values()) this.#add({ place, key });
  }

  #add(found: FoundKey): void {
    this.#bySecret.set(found.key.secret, found);
    this.#byKeyId.set(found.key.id, found);
  }

  #drop({ world }: Place): void {
    for (const [secret, { place, key }] of this.#bySecret) {
      if (place.world !== world) continue;
      this.#bySecret.delete(secret);
      this.#byKeyId.delete(key.id);
    }
  }
}
