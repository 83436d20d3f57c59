/** NOTIFY on it says that a relay has something to send. */
export const outboxChannel = 'steward_outbox';
