import type { Tx } from '@steward/db';
import { subscribe, type StewardEvent } from '@steward/events';
import { publish, type ServiceDefinition } from '@steward/service-kit';

import { countedAggregate } from './counted-aggregate.ts';
import { effectTable, noteEffect } from './effect-table.ts';
import { communityId, ledgerName, parcelMoved, receiptNoted } from './parcel-events.ts';

const receipts = countedAggregate('receipt');

type ParcelMoved = StewardEvent<{ parcelId: string }>;
type Note = (tx: Tx, event: ParcelMoved) => Promise<void>;

/** Reacts to each move with an effect and a fact of its own; `note` is how the effect is written. */
export const ledgerWith = (note: Note): ServiceDefinition => {
  const noteMove = async (tx: Tx, event: ParcelMoved): Promise<void> => {
    await note(tx, event);
    const receipt = await receipts.count(tx, event.data.parcelId);
    publish(tx, receipt, receiptNoted, { receiptId: receipt.id, moveId: event.id });
  };
  return {
    name: ledgerName,
    schema: `
extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
type Query { ledger: ID! }`,
    resolvers: { Query: { ledger: () => communityId } },
    access: { 'Query.ledger': 'authenticated' },
    subjects: {},
    aggregates: [receipts.aggregate],
    entities: [receipts.entity],
    migrations: [effectTable, receipts.table],
    handlers: [subscribe(parcelMoved, 'note-move', noteMove)],
    timers: {},
    loaders: () => ({}),
    labels: { en: {}, 'zh-CN': {} },
    policies: [],
    filePurposes: {},
    householdsOf: () => Promise.resolve([]),
    zonesOf: () => Promise.resolve(new Map()),
  };
};

export const ledger = ledgerWith(noteEffect);
