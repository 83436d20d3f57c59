import { JetStreamApiError } from '@nats-io/jetstream';
import { createInbox, type Msg, type NatsConnection } from '@nats-io/transport-node';

/** What the broker says about a message: its number in the stream, or why it did not take it. */
export type Acknowledgement = { seq: number; duplicate: boolean } | Error;

type Take = (index: number, acknowledgement: Acknowledgement) => void;

/** Where the broker answers to all that one connection publishes; `<inbox>.<batch>.<index>` is one message's address. */
export type Acknowledgements = {
  /** Answers an address for each message of a batch until `end` is called. */
  begin(take: Take): { replyTo(index: number): string; end(): void };
};

type Answer = {
  seq?: number;
  duplicate?: boolean;
  error?: ConstructorParameters<typeof JetStreamApiError>[0];
};

function read(message: Msg): Acknowledgement {
  // A status without a body: nobody listens on that subject.
  if (message.data.length === 0) return new Error('no stream takes the message');
  const { seq, duplicate = false, error } = message.json<Answer>();
  if (error !== undefined) return new JetStreamApiError(error);
  return seq === undefined ? new Error('the broker has answered neither yes nor no') : { seq, duplicate };
}

const opened = new WeakMap<NatsConnection, Acknowledgements>();

/**
 * One subscription for the life of a connection. The library's own way, a request for each message, makes a timer and
 * an error with its stack for each, which cost more than everything else about it.
 */
export function acknowledgementsOf(nats: NatsConnection): Acknowledgements {
  const known = opened.get(nats);
  if (known !== undefined) return known;
  const inbox = createInbox();
  const waiting = new Map<string, Take>();
  let begun = 0;
  nats.subscribe(`${inbox}.*.*`, {
    callback: (error, message) => {
      if (error !== null) return;
      const [batch = '', index = ''] = message.subject.slice(inbox.length + 1).split('.');
      waiting.get(batch)?.(Number(index), read(message));
    },
  });
  const acknowledgements: Acknowledgements = {
    begin: (take) => {
      const batch = String((begun += 1));
      waiting.set(batch, take);
      return { replyTo: (index) => `${inbox}.${batch}.${index}`, end: () => void waiting.delete(batch) };
    },
  };
  opened.set(nats, acknowledgements);
  return acknowledgements;
}
