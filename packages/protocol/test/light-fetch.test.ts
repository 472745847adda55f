import { LightHeaders, LightRequest, LightResponse } from "@fc-async/protocol";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

describe("LightHeaders", () => {
  const name = fc.constantFrom("a", "A", "b-c", "set-cookie", "Accept", "__proto__", "constructor");
  const value = fc.stringMatching(/^[ !-~]{0,8}$/);
  const step = fc.oneof(
    fc.tuple(fc.constant("append" as const), name, value),
    fc.tuple(fc.constant("set" as const), name, value),
    fc.tuple(fc.constant("delete" as const), name, value),
  );

  test("behaves as the platform's Headers", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value)), fc.array(step), (init, steps) => {
        const light = new LightHeaders(init);
        const platform = new Headers(init);
        for (const headers of [light, platform]) {
          for (const [method, key, text] of steps) {
            if (method === "delete") headers.delete(key);
            else headers[method](key, text);
          }
        }
        expect([...light]).toEqual([...platform]);
        expect([...light.keys()]).toEqual([...platform.keys()]);
        expect([...light.values()]).toEqual([...platform.values()]);
        expect(light.getSetCookie()).toEqual(platform.getSetCookie());
        for (const key of ["a", "B-C", "Set-Cookie", "__proto__", "toString"]) {
          expect(light.get(key)).toBe(platform.get(key));
          expect(light.has(key)).toBe(platform.has(key));
        }
      }),
    );
  });

  test("takes records, pairs and the platform's Headers", () => {
    const expected = [
      ["a", "1"],
      ["b", "2"],
    ];
    expect([...new LightHeaders({ B: "2", a: "1", c: undefined })]).toEqual(expected);
    expect([...new LightHeaders(new Headers({ B: "2", a: "1" }))]).toEqual(expected);
    const visited: string[] = [];
    new LightHeaders([
      ["a", "1"],
      ["b", "2"],
    ]).forEach((text, key) => visited.push(`${key}=${text}`));
    expect(visited).toEqual(["a=1", "b=2"]);
  });

  test("refuses what would end a header early, without showing the value", () => {
    for (const bad of ["a\r\nb", "a\nb", "a\0b"]) {
      expect(() => new LightHeaders({ "x-token": bad })).toThrow(
        /^The value of header x-token holds a line break or a NUL$/,
      );
    }
    expect(() => new LightHeaders({ "bad name": "1" })).toThrow(TypeError);
  });
});

describe("LightResponse", () => {
  describe("json", () => {
    const json = (text: string): Promise<unknown> => new LightResponse(bytesOf(text), { status: 200 }).json();
    const name = fc.constantFrom("data", "nextToken", "a", 'quo"te', "__proto__", "");
    const member = fc.tuple(
      name,
      fc.oneof(fc.jsonValue(), fc.constantFrom("data", '"data":', { data: 1, nextToken: 2 })),
    );

    test("refuses an object in which a member stands twice, and no other", async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(member, { maxLength: 4 }), fc.constantFrom("", " ", "\n"), async (members, space) => {
          const text = `{${members.map(([key, value]) => `${JSON.stringify(key)}${space}:${space}${JSON.stringify(value)}`).join(`${space},`)}}`;
          const names = members.map(([key]) => key);
          if (new Set(names).size === names.length) expect(await json(text)).toEqual(JSON.parse(text));
          else await expect(json(text)).rejects.toThrow(/stands in the body more than once/);
        }),
      );
    });

    test("names the member, not what it holds", async () => {
      await expect(json('{"data":["secret"],"nextToken":"","data":[],"nextToken":""}')).rejects.toMatchObject({
        code: "FC_RESPONSE",
        reason: "invalid_response",
        message: expect.stringContaining('but "data" stands in the body more than once'),
      });
    });
  });

  test("describes the body it has, not the one that travelled", () => {
    const response = new LightResponse(bytesOf("{}"), {
      status: 200,
      headers: {
        "content-encoding": "gzip",
        "transfer-encoding": "chunked",
        "content-length": "999",
        "x-fc-request-id": "r",
      },
    });
    expect([...response.headers]).toEqual([
      ["content-length", "2"],
      ["x-fc-request-id", "r"],
    ]);
    expect(response).toMatchObject({ ok: true, redirected: false, type: "basic" });
  });

  test("hands its body out in every form, once", async () => {
    const make = (): LightResponse =>
      new LightResponse(bytesOf('{"a":"ü"}'), { status: 200, headers: { "content-type": "application/json" } });
    expect(await make().json()).toEqual({ a: "ü" });
    expect(await make().text()).toBe('{"a":"ü"}');
    expect(await make().bytes()).toEqual(bytesOf('{"a":"ü"}'));
    expect(new Uint8Array(await make().arrayBuffer())).toEqual(bytesOf('{"a":"ü"}'));
    expect((await make().blob()).type).toBe("application/json");
    expect(await new Response(make().body).text()).toBe('{"a":"ü"}');
    const once = make();
    const copy = once.clone();
    await once.text();
    expect(once.bodyUsed).toBe(true);
    await expect(once.text()).rejects.toThrow(TypeError);
    expect(() => once.clone()).toThrow(TypeError);
    expect(await copy.json()).toEqual({ a: "ü" });
  });

  test("reads a form", async () => {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const form = await new LightResponse(bytesOf("a=1"), { status: 200, headers }).formData();
    expect(form.get("a")).toBe("1");
  });

  test("drops a byte order mark, as the platform does", async () => {
    const withMark = new Uint8Array([0xef, 0xbb, 0xbf, ...bytesOf('{"a":1}')]);
    expect(await new LightResponse(withMark, { status: 200 }).json()).toEqual({ a: 1 });
  });

  test("is strict with a success and lenient with the page of an error", async () => {
    const latin1 = new Uint8Array([0x66, 0xfc, 0x72]);
    await expect(new LightResponse(latin1, { status: 200 }).text()).rejects.toMatchObject({ code: "FC_RESPONSE" });
    expect(await new LightResponse(latin1, { status: 502 }).text()).toBe("f\ufffdr");
  });
});

const postRequest = (): LightRequest => new LightRequest("https://a.example/", { method: "POST", body: '{"a":1}' });

describe("LightRequest", () => {
  test("keeps what it is given", () => {
    const { signal } = new AbortController();
    const request = new LightRequest("https://a.example/x?y=1", {
      method: "put",
      headers: { A: "1" },
      signal,
      body: "b",
    });
    expect(request).toMatchObject({ url: "https://a.example/x?y=1", method: "PUT", signal, bodyInit: "b" });
    expect(request.headers.get("a")).toBe("1");
    const copy = request.clone();
    expect(copy).toMatchObject({ url: request.url, method: "PUT", signal, bodyInit: "b" });
  });

  test("without a signal has one that never aborts, and without a body none", () => {
    const request = new LightRequest(new URL("https://a.example/x"));
    expect(request.signal.aborted).toBe(false);
    expect(request.body).toBeNull();
    expect(request.method).toBe("GET");
  });

  test("reads its body in every form, once", async () => {
    expect(await postRequest().json()).toEqual({ a: 1 });
    expect(await postRequest().text()).toBe('{"a":1}');
    expect((await postRequest().bytes()).byteLength).toBe(7);
    expect((await postRequest().arrayBuffer()).byteLength).toBe(7);
    expect((await postRequest().blob()).size).toBe(7);
    const once = postRequest();
    await once.text();
    expect(once.bodyUsed).toBe(true);
    expect(() => once.text()).toThrow(TypeError);
  });
});
