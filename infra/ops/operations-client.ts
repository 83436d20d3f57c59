/** Said to whoever typed the command: one sentence, no stack. */
export class OpsError extends Error {}

export type Registration = {
  client: string;
  version: string;
  at: string;
  operations: { id: string; name: string; text: string }[];
};

export type OperationsClient = {
  push(client: string, version: string, operations: string[]): Promise<{ id: string; name: string }[]>;
  list(): Promise<Registration[]>;
  retire(client: string, version: string): Promise<void>;
};

type Answer = { errors?: { message: string }[] };

/** Speaks to the gateway's `/operations` as an operator. */
export function createOperationsClient(options: { url: string; token: string; locale: string }): OperationsClient {
  const base = new URL(options.url);
  const call = async <T>(path: string, body?: object): Promise<T> => {
    const response = await fetch(new URL(`/operations${path}`, base), {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        'content-type': 'application/json',
        'accept-language': options.locale,
        authorization: `Bearer ${options.token}`,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as T & Answer;
    if (answer.errors !== undefined) throw new OpsError(answer.errors.map(({ message }) => message).join(' '));
    return answer;
  };
  return {
    push: async (client, version, operations) =>
      (await call<{ registered: { id: string; name: string }[] }>('', { client, version, operations })).registered,
    list: async () => (await call<{ registrations: Registration[] }>('')).registrations,
    retire: async (client, version) => void (await call('/retire', { client, version })),
  };
}
