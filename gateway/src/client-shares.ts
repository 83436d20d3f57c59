export type Share = {
  /** Has so many bytes from now on; false, and nothing has changed, where that is more than there is. */
  hold(bytes: number): boolean;
  giveBack(): void;
};

type Options = {
  /** Of the bodies of all clients together. */
  mostBytes: number;
  /** Of the requests of one client; each counts `requestBytes` beside its body. */
  mostOfClient: number;
  requestBytes: number;
};

/** What the requests under way of each client hold, so that none takes what is there for all. */
export function createClientShares({ mostBytes, mostOfClient, requestBytes }: Options) {
  const ofClients = new Map<string, number>();
  let all = 0;
  const change = (client: string, bytes: number): void => {
    const held = (ofClients.get(client) ?? 0) + bytes;
    if (held === 0) ofClients.delete(client);
    else ofClients.set(client, held);
  };
  /** The share of one request; nothing where its client has as many under way as it may. */
  return (client: string): Share | undefined => {
    const before = ofClients.get(client) ?? 0;
    if (before > 0 && before + requestBytes > mostOfClient) return undefined;
    change(client, requestBytes);
    let [body, isHeld] = [0, true];
    return {
      hold: (bytes) => {
        const ofOthers = all - body;
        const ofThisClient = (ofClients.get(client) ?? 0) - body;
        // Something larger than there is for all passes when it is alone.
        const fits = ofOthers === 0 || ofOthers + bytes <= mostBytes;
        if (!fits || (ofThisClient > requestBytes && ofThisClient + bytes > mostOfClient)) return false;
        change(client, bytes - body);
        all += bytes - body;
        body = bytes;
        return true;
      },
      giveBack: () => {
        if (!isHeld) return;
        isHeld = false;
        change(client, -requestBytes - body);
        all -= body;
      },
    };
  };
}
