import type { Collection } from "@msw/data";
import { type CallDto, callDto } from "../api/dto/call.ts";
import { contactDto } from "../control/dto/contact.ts";
import { sandboxNumberDto } from "../control/dto/number.ts";
import type { WorldEvent } from "../domain/events.ts";
import type { Cancel } from "../world/clock.ts";
import type { World } from "../world/world.ts";
import { type SpecSchema, specSchema } from "./standard-schema.ts";

type NumberRecord = ReturnType<typeof sandboxNumberDto>;
type ContactRecord = ReturnType<typeof contactDto>;

/** The world as collections of @msw/data: to query, to look at, never to change. */
export interface Collections {
  readonly numbers: Collection<SpecSchema<NumberRecord>>;
  readonly contacts: Collection<SpecSchema<ContactRecord>>;
  readonly calls: Collection<SpecSchema<CallDto>>;
}

/** Which record has to be written again. */
type Stale = `numbers ${string}` | `contacts ${string}` | `calls ${string}`;

/**
 * A queryable copy of a world, fed by its events. The library's writes are asynchronous and two that overlap lose one,
 * so changes are only noted when they happen, and written one after the other when somebody asks.
 */
export class CollectionsView {
  readonly #world: World;
  readonly #stale = new Set<Stale>();
  #collections: Promise<Collections> | null = null;
  #writing: Promise<void> = Promise.resolve();
  #stop: Cancel = () => undefined;

  constructor(world: World) {
    this.#world = world;
  }

  /** The collections as the world is now; the library is loaded the first time. */
  async read(): Promise<Collections> {
    this.#collections ??= this.#open();
    const collections = await this.#collections;
    this.#writing = this.#writing.then(() => this.#write(collections));
    await this.#writing;
    return collections;
  }

  close(): void {
    this.#stop();
  }

  async #open(): Promise<Collections> {
    const { Collection } = await import("@msw/data");
    const { responseValidators } = await import("../../spec/generated/response-validators.js");
    const { controlResponseValidators } = await import("../../spec/generated/control-response-validators.js");
    const validator = (found: import("../../spec/generated/validator.ts").Validator | undefined) =>
      found ?? (() => true);
    this.#stop = this.#world.subscribe((event) => this.#note(event));
    this.#noteEverything();
    return {
      numbers: new Collection({
        schema: specSchema<NumberRecord>(validator(controlResponseValidators.addNumber["201"])),
      }),
      contacts: new Collection({
        schema: specSchema<ContactRecord>(validator(controlResponseValidators.putContact["200"])),
      }),
      calls: new Collection({ schema: specSchema<CallDto>(validator(responseValidators.getCall["200"])) }),
    };
  }

  #noteEverything(): void {
    const { state } = this.#world;
    for (const id of state.numbers.keys()) this.#stale.add(`numbers ${id}`);
    for (const phone of state.contacts.keys()) this.#stale.add(`contacts ${phone}`);
    for (const { id } of state.calls.all()) this.#stale.add(`calls ${id}`);
  }

  #note(event: WorldEvent): void {
    if (event.type === "world.reset") return this.#noteReset();
    if ("callId" in event) this.#stale.add(`calls ${event.callId}`);
    if ("phone" in event) this.#stale.add(`contacts ${event.phone}`);
    if (event.type === "contact.put") this.#stale.add(`contacts ${event.contact.phone}`);
    if (event.type === "number.added" || event.type === "number.changed") this.#stale.add(`numbers ${event.number.id}`);
  }

  /** Everything that was there is to be looked at again: what is gone is removed when it is written. */
  #noteReset(): void {
    void this.#collections?.then(({ numbers, contacts, calls }) => {
      for (const { id } of numbers.all()) this.#stale.add(`numbers ${id}`);
      for (const { phone } of contacts.all()) this.#stale.add(`contacts ${phone}`);
      for (const { id } of calls.all()) this.#stale.add(`calls ${id}`);
    });
    this.#noteEverything();
  }

  async #write(collections: Collections): Promise<void> {
    for (const stale of [...this.#stale]) {
      this.#stale.delete(stale);
      await this.#writeOne(collections, stale);
    }
  }

  async #writeOne({ numbers, contacts, calls }: Collections, stale: Stale): Promise<void> {
    const { state, clock } = this.#world;
    const [kind = "", key = ""] = stale.split(" ");
    switch (kind) {
      case "numbers": {
        numbers.delete((query) => query.where({ id: key }));
        const number = state.numbers.get(key);
        if (number !== undefined) await numbers.create(sandboxNumberDto(state, number));
        return;
      }
      case "contacts":
        contacts.delete((query) => query.where({ phone: key }));
        if (state.contacts.has(key)) await contacts.create(contactDto(state, key, clock.now()));
        return;
      default: {
        calls.delete((query) => query.where({ id: key }));
        const call = state.calls.get(key);
        if (call !== undefined) await calls.create(callDto(call));
      }
    }
  }
}
