import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** An end of a connection: the socket itself, or what stands for it in TLS and HTTP/2. */
export interface Peer {
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
}

/** The connections of a server, of which there are never more than a limit. */
export interface Connections {
  /** Takes a new connection. When there are too many, one gives way to it; `false` when none can, and it must be closed. */
  admit(socket: Socket): boolean;
  /** Notes that a request of this connection is being answered, until the answer is out. */
  answering(peer: Peer, response: ServerResponse): void;
  /** Cuts all of them. */
  destroyAll(): void;
}

interface Connection {
  readonly socket: Socket;
  readonly answers: Set<ServerResponse>;
}

/**
 * Keeps at most `limit` connections. When one more comes, the one that has been without a whole request longest is cut; if all have one,
 * the one whose answer has waited longest for its client to read it. So clients that hold connections open on purpose push out each
 * other, and not a scrape, which takes milliseconds.
 */
export function createConnections(limit: number): Connections {
  // Both from the longest to the newest.
  const idle = new Map<string, Connection>();
  const busy = new Map<string, Connection>();

  function victim(): Connection | undefined {
    const [longestIdle] = idle.values();
    return longestIdle ?? busy.values().find(({ answers }) => [...answers].every((answer) => answer.writableEnded));
  }

  return {
    admit(socket) {
      const key = keyOf(socket);
      if (idle.size + busy.size >= limit) {
        const { socket: longest } = victim() ?? {};
        if (longest === undefined) return false;
        forget(longest, keyOf(longest));
        longest.destroy();
      }
      idle.set(key, { socket, answers: new Set() });
      socket.once("close", () => forget(socket, key));
      return true;
    },

    answering(peer, response) {
      const key = keyOf(peer);
      const connection = idle.get(key) ?? busy.get(key);
      if (connection === undefined) return;
      connection.answers.add(response);
      idle.delete(key);
      busy.set(key, connection);
      response.once("close", () => {
        connection.answers.delete(response);
        if (connection.answers.size > 0 || busy.get(key) !== connection) return;
        busy.delete(key);
        idle.set(key, connection);
      });
    },

    destroyAll() {
      for (const { socket } of [...idle.values(), ...busy.values()]) socket.destroy();
    },
  };

  /** The system may give a port to a new connection before the old one is forgotten. */
  function forget(socket: Socket, key: string): void {
    for (const map of [idle, busy]) if (map.get(key)?.socket === socket) map.delete(key);
  }
}

function keyOf({ remoteAddress, remotePort }: Peer): string {
  return `${remoteAddress ?? ""} ${remotePort ?? ""}`;
}
