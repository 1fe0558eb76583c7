import { describe, expect, test } from "vitest";
import { type Desk, desk, type Side } from "./side.ts";

export interface Listed {
  readonly id: string;
  readonly createdAt: string;
}

/** Calls from so many people, in the order in which they came. */
async function ringMany({ ring }: Desk, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index++) ids.push(await ring(`+551197${String(index).padStart(7, "0")}`));
  return ids;
}

export async function list({ api }: Desk, query = ""): Promise<readonly Listed[]> {
  const answer = await api("GET", `/calls${query}`);
  expect(answer.status).toBe(200);
  return answer.body.calls;
}

export const idsOf = (calls: readonly Listed[]) => calls.map(({ id }) => id);

/** `GET /v1/calls`: what it holds, page after page. */
export function listing(side: Side): void {
  describe("the list of calls", () => {
    test("CALL-LIST-001, CALL-LIST-022: is an object with the one key calls, empty at first", async () => {
      const { api } = desk(side);
      expect((await api("GET", "/calls")).body).toEqual({ calls: [] });
    });

    test("CALL-LIST-002, CALL-LIST-003: shows the newest 25 first", async () => {
      const at = desk(side, { mode: "manual" });
      const ids = await ringMany(at, 30);
      expect(idsOf(await list(at))).toEqual(ids.slice(5).reverse());
    });

    test.each([1, 2, 29, 30, 99, 100])("CALL-LIST-004: takes limit=%i", async (limit) => {
      const at = desk(side, { mode: "manual" });
      const ids = await ringMany(at, 30);
      expect(idsOf(await list(at, `?limit=${limit}`))).toEqual(ids.reverse().slice(0, limit));
    });

    test("CALL-LIST-004: limit=100 shows a hundred of more", async () => {
      const at = desk(side, { mode: "manual" });
      await ringMany(at, 101);
      expect(await list(at, "?limit=100")).toHaveLength(100);
    });

    test("CALL-LIST-010: before leaves out the call of that very instant, and every later one", async () => {
      const at = desk(side, { mode: "manual" });
      const [first, second] = await ringMany(at, 3);
      const { createdAt } = await at.call(second ?? "");
      expect(createdAt).toBe("2026-01-01T00:00:00.001Z");
      expect(idsOf(await list(at, `?before=${createdAt}`))).toEqual([first]);
    });

    test.each([1, 3, 7])(
      "CALL-LIST-017: pages of %i lose and repeat none of the calls of one millisecond",
      async (limit) => {
        const at = desk(side, { mode: "manual" });
        const ids = await ringMany(at, 20);
        const seen: string[] = [];
        let page = await list(at, `?limit=${limit}`);
        while (page.length > 0) {
          seen.push(...idsOf(page));
          page = await list(at, `?limit=${limit}&before=${page.at(-1)?.createdAt}`);
        }
        expect(seen).toEqual(ids.reverse());
      },
    );

    test("CALL-LIST-018: calls that begin meanwhile leave the later pages alone", async () => {
      const at = desk(side, { mode: "manual" });
      const ids = await ringMany(at, 6);
      const first = await list(at, "?limit=3");
      const late = await at.ring("+5511988880000");
      const second = await list(at, `?limit=3&before=${first.at(-1)?.createdAt}`);
      expect(idsOf([...first, ...second])).toEqual(ids.reverse());
      expect(idsOf(await list(at, "?limit=1"))).toEqual([late]);
    });

    test("CALL-LIST-019: holds both directions and every status, of its own number only", async () => {
      const at = desk(side, { mode: "manual" });
      const neighbour = await at.sandbox.control.addNumber({ provider: side.provider, number: "+5511400000099" });
      await at.sandbox.control.createInboundCall({ to: "+5511400000099", from: "+5511988887777" });
      const missed = await at.ring();
      await at.person(missed, "hang-up");
      const failed = await at.start();
      await at.person(failed, "fail");
      const open = await at.ring();
      expect(await list(at)).toMatchObject([
        { id: open, direction: "INBOUND", status: "RINGING" },
        { id: failed, direction: "OUTBOUND", status: "FAILED" },
        { id: missed, direction: "INBOUND", status: "MISSED" },
      ]);
      const theirs = await at.sandbox.request("GET", "/v1/calls", { headers: { "x-api-key": neighbour.key } });
      expect(theirs.body.calls).toHaveLength(1);
    });

    test("CALL-LIST-020, CALL-LIST-021: shows each call as it reads alone, never with an SDP", async () => {
      const at = desk(side, { mode: "manual" });
      const ids = [await at.start(), await at.ring("+5511988887778")];
      await at.accept(ids[1] ?? "");
      const alone = await Promise.all(ids.reverse().map(at.call));
      for (const query of ["", "?includeSdp=1", "?includeSdp=true"]) expect(await list(at, query)).toEqual(alone);
      expect(Object.keys(alone[0])).toHaveLength(16);
    });
  });
}
