import { availableActions, historyOf, loaded } from '@steward/service-kit';

import {
  addContactEntry,
  changeContactEntry,
  contactListActions,
  removeContactEntry,
  revealContactEntry,
} from '../commands/change-contact-list.ts';
import { findContactList } from '../db/contact-list-queries.ts';
import type { ResidentsContext } from '../db/loaders.ts';
import type { ContactListResolvers, MutationResolvers, QueryResolvers } from './generated.ts';
import { answering } from './procedure-resolvers.ts';
import { ifVisible } from './visible.ts';

const ContactList: ContactListResolvers<ResidentsContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.contactList.load(id),
  community: ({ communityId }, _args, ctx) => loaded(ctx.loaders.community.load(communityId)),
  entries: async ({ id }, { party }, ctx) =>
    (await ctx.loaders.contactEntries.load(id)).filter((entry) => party == null || entry.party === party),
  reports: ({ id }, _args, ctx) => ctx.loaders.contactReports.load(id),
  availableActions: ({ communityId }, _args, ctx) => availableActions(ctx, { communityId }, contactListActions),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

export const contactListTypes = { ContactList };

export const contactListQueries: Pick<QueryResolvers<ResidentsContext>, 'contactList'> = {
  contactList: (_parent, { communityId }, ctx) =>
    ifVisible(
      ctx,
      'ContactList',
      ctx.read((tx) => findContactList(tx, communityId)),
    ),
};

const changing = answering('contactList', (ctx) => ctx.loaders.contactList);

export const contactListMutations = {
  addContactEntry: changing(addContactEntry),
  changeContactEntry: changing(changeContactEntry),
  removeContactEntry: changing(removeContactEntry),
  revealContactEntry: async (_parent: unknown, { input }, ctx: ResidentsContext) => {
    const { id } = await ctx.command(revealContactEntry, input);
    const entry = (await ctx.loaders.contactEntries.load(id)).find((one) => one.id === input.entryId);
    const contactList = await loaded(ctx.loaders.contactList.load(id));
    if (entry === undefined) return { contactList, name: null, phone: null };
    return { contactList, name: ctx.open(entry.nameSealed), phone: ctx.open(entry.phoneSealed) };
  },
} satisfies Partial<MutationResolvers<ResidentsContext>>;
