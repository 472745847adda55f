import * as fc from "fast-check";
import { expect, test } from "vitest";
import { capInventory, OVERFLOW_SERVICE_NAME } from "@fc-async/exposition";
import type { InventoryService } from "@fc-async/exposition";

function service(serviceName: string, functionCount: number, qualifiersEach = 1): InventoryService {
  const rows = Array.from({ length: functionCount * qualifiersEach }, (_, row) => row);
  return {
    serviceName,
    functionCount,
    functionNames: rows.map((row) => `f${Math.floor(row / qualifiersEach)}`),
    qualifiers: rows.map((row) => `q${row % qualifiersEach}`),
  };
}

test("an inventory below the caps is exposed whole", () => {
  const services = [service("a", 1, 2), service("b", 2)];
  expect(capInventory(services, { maxInfoSeries: 4 })).toEqual({
    services: [
      { serviceName: "a", functions: 1, qualifiers: 2 },
      { serviceName: "b", functions: 2, qualifiers: 2 },
    ],
    info: services,
    droppedSeries: 0,
    overflowServices: 0,
  });
});

test("one info series above the cap drops the whole info family and keeps the counts", () => {
  const capped = capInventory([service("a", 1, 2), service("b", 2)], { maxInfoSeries: 3 });
  expect(capped).toMatchObject({ info: [], droppedSeries: 4, overflowServices: 0 });
  expect(capped.services).toHaveLength(2);
});

test("a cap of 0 switches info series off", () => {
  expect(capInventory([service("a", 1)], { maxInfoSeries: 0 })).toMatchObject({ info: [], droppedSeries: 0 });
  expect(capInventory([], { maxInfoSeries: 0 })).toEqual({
    services: [],
    info: [],
    droppedSeries: 0,
    overflowServices: 0,
  });
});

test("the smallest services are folded, the first of equals stays", () => {
  const services = [service("a", 1), service("b", 5), service("c", 2), service("d", 2), service("e", 2, 3)];
  const capped = capInventory(services, { maxInfoSeries: 100, maxServiceSeries: 6 });
  expect(capped.services).toEqual([
    { serviceName: "b", functions: 5, qualifiers: 5 },
    { serviceName: "c", functions: 2, qualifiers: 2 },
    { serviceName: OVERFLOW_SERVICE_NAME, functions: 5, qualifiers: 9 },
  ]);
  expect(capped.overflowServices).toBe(3);
});

test("a service that is really called __overflow__ is folded when anything is, so that no series occurs twice", () => {
  const services = [service(OVERFLOW_SERVICE_NAME, 9), service("a", 1), service("b", 1)];
  expect(capInventory(services, { maxInfoSeries: 100 }).services).toHaveLength(3);
  expect(capInventory(services, { maxInfoSeries: 100, maxServiceSeries: 4 })).toMatchObject({
    services: [
      { serviceName: "a", functions: 1 },
      { serviceName: OVERFLOW_SERVICE_NAME, functions: 10 },
    ],
    overflowServices: 2,
  });
});

test("a cap without room for the folded service is refused", () => {
  for (const maxServiceSeries of [1, 0, -2, NaN]) {
    expect(() => capInventory([], { maxInfoSeries: 1, maxServiceSeries })).toThrow(
      `maxServiceSeries is ${maxServiceSeries}. Allow at least 2.`,
    );
  }
});

test("case 32: 50,000 services stay below the cap with the true total", () => {
  const services = Array.from({ length: 50_000 }, (_, index) => service(`service-${index}`, (index % 7) + 1));
  const capped = capInventory(services, { maxInfoSeries: 10_000 });
  expect(2 * capped.services.length + capped.info.length).toBe(8000);
  expect(capped.services.reduce((sum, { functions }) => sum + functions, 0)).toBe(
    services.reduce((sum, { functionCount }) => sum + functionCount, 0),
  );
  expect(capped.overflowServices).toBe(50_000 - 3999);
});

test("case 32: whatever the inventory, caps hold, sums stay exact, and nothing folded is larger than what stays", () => {
  const services = fc.uniqueArray(
    fc.record({ name: fc.oneof(fc.constant(OVERFLOW_SERVICE_NAME), fc.string()), count: fc.nat({ max: 4 }) }),
    { selector: ({ name }) => name, maxLength: 30 },
  );
  fc.assert(
    fc.property(
      services,
      fc.nat({ max: 60 }),
      fc.integer({ min: 2, max: 70 }),
      (list, maxInfoSeries, maxServiceSeries) => {
        const inventory = list.map(({ name, count }) => service(name, count, 2));
        const capped = capInventory(inventory, { maxInfoSeries, maxServiceSeries });
        const rows = inventory.reduce((sum, { functionNames }) => sum + functionNames.length, 0);
        expect(2 * capped.services.length).toBeLessThanOrEqual(maxServiceSeries);
        expect(new Set(capped.services.map(({ serviceName }) => serviceName)).size).toBe(capped.services.length);
        expect(capped.services.reduce((sum, { functions }) => sum + functions, 0)).toBe(rows / 2);
        expect(capped.services.reduce((sum, { qualifiers }) => sum + qualifiers, 0)).toBe(rows);
        expect(capped.droppedSeries).toBe(rows > maxInfoSeries && maxInfoSeries > 0 ? rows : 0);
        expect(capped.info).toEqual(rows > maxInfoSeries ? [] : inventory);
        const kept = capped.overflowServices > 0 ? capped.services.slice(0, -1) : capped.services;
        const names = new Set(kept.map(({ serviceName }) => serviceName));
        const folded = inventory.filter(({ serviceName }) => !names.has(serviceName));
        expect(folded).toHaveLength(capped.overflowServices);
        const sizes = folded
          .filter(({ serviceName }) => serviceName !== OVERFLOW_SERVICE_NAME)
          .map(({ functionCount }) => functionCount);
        expect(Math.max(0, ...sizes)).toBeLessThanOrEqual(
          Math.min(Infinity, ...kept.map(({ functions }) => functions)),
        );
      },
    ),
  );
});
