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
  readonly key: string;
  readonly socket: Socket;
  readonly answers: Set<ServerResponse>;
  /** Grows with every connection and request: the smallest has waited longest. */
  turn: number;
}

/**
 * Keeps at most `limit` connections. When one more comes, one gives way: that which has waited longest for its client, to send a whole
 * request or to read an answer. So clients that hold connections open on purpose push out each other, and not a scrape, which
 * takes milliseconds.
 */
export function createConnections(limit: number): Connections {
  // Both from the longest to the newest.
  const idle = new Map<string, Connection>();
  const busy = new Map<string, Connection>();
  let turns = 0;

  function victim(): Connection | undefined {
    const [longestIdle] = idle.values();
    const longestUnread = busy.values().find(({ answers }) => [...answers].every((answer) => answer.writableEnded));
    if (longestIdle === undefined || longestUnread === undefined) return longestIdle ?? longestUnread;
    return longestIdle.turn < longestUnread.turn ? longestIdle : longestUnread;
  }

  /** The system may give a port to a new connection before the old one is forgotten. */
  function isKept(connection: Connection): boolean {
    return idle.get(connection.key) === connection || busy.get(connection.key) === connection;
  }

  function forget(connection: Connection): void {
    if (!isKept(connection)) return;
    idle.delete(connection.key);
    busy.delete(connection.key);
  }

  function keep(connection: Connection, map: Map<string, Connection>): void {
    idle.delete(connection.key);
    busy.delete(connection.key);
    turns += 1;
    connection.turn = turns;
    map.set(connection.key, connection);
  }

  return {
    admit(socket) {
      if (idle.size + busy.size >= limit) {
        const longest = victim();
        if (longest === undefined) return false;
        forget(longest);
        longest.socket.destroy();
      }
      const connection: Connection = { key: keyOf(socket), socket, answers: new Set(), turn: 0 };
      keep(connection, idle);
      socket.once("close", () => forget(connection));
      return true;
    },

    answering(peer, response) {
      const key = keyOf(peer);
      const connection = idle.get(key) ?? busy.get(key);
      if (connection === undefined) return;
      connection.answers.add(response);
      keep(connection, busy);
      response.once("close", () => {
        connection.answers.delete(response);
        if (connection.answers.size === 0 && isKept(connection)) keep(connection, idle);
      });
    },

    destroyAll() {
      for (const { socket } of [...idle.values(), ...busy.values()]) socket.destroy();
    },
  };
}

function keyOf({ remoteAddress, remotePort }: Peer): string {
  return `${remoteAddress ?? ""} ${remotePort ?? ""}`;
}
