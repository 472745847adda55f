const SLACK_HOSTS: ReadonlySet<string> = new Set(["slack.com", "www.slack.com", "hooks.slack.com"]);

/**
 * A fetch that reaches Slack and nothing else, over https and without redirects. Bolt posts to whatever `response_url` a
 * payload names and follows where it leads; this is the only fetch it gets.
 *
 * @throws TypeError (as a rejection) for any other address.
 */
export function guardedFetch(send: typeof fetch): typeof fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const isSlack = url.protocol === "https:" && url.port === "" && SLACK_HOSTS.has(url.hostname);
    if (!isSlack || url.username !== "" || url.password !== "") {
      throw new TypeError(`Refused to send a request to ${url.host}: only Slack's own hosts are allowed.`);
    }
    return send(input, { ...init, redirect: "error" });
  };
}
