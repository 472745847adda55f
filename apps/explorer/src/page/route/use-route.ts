import { useEffect, useState } from "preact/hooks";
import { readRoute, routeHash, type Route } from "./route.ts";

/** The route of the address, and what changes it. A step of its own in the browser's history, so that Back returns. */
export function useRoute(): readonly [Route, (route: Route) => void] {
  const [route, setRoute] = useState(() => readRoute(location.hash));
  useEffect(() => {
    const read = (): void => setRoute(readRoute(location.hash));
    addEventListener("hashchange", read);
    return () => removeEventListener("hashchange", read);
  }, []);
  return [
    route,
    (next) => {
      const hash = routeHash(next);
      if (hash !== location.hash) history.pushState(undefined, "", hash);
      setRoute(next);
    },
  ];
}
