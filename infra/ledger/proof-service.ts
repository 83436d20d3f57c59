import { definition as billing } from '@steward/billing';
import { runMain, type Context, type ServiceDefinition } from '@steward/service-kit';

import { moveMoney } from './move-money.ts';
import type { MoneyMoved } from './money-moves.ts';

const extension = `
extend type Mutation { moveMoney(input: MoveMoneyInput!): MoveMoneyPayload }
input MoveMoneyInput { communityId: ID!, idempotencyKey: String, move: JSON! }
type MoveMoneyPayload { moved: JSON! }
`;

type Input = Parameters<typeof moveMoney>[1];
type Resolvers = Record<string, Record<string, unknown>>;

const mutation = async (
  _parent: unknown,
  { input }: { input: Input },
  ctx: Context,
): Promise<{ moved: MoneyMoved }> => ({
  moved: await ctx.command(moveMoney, input),
});

/** Billing as it is, with one mutation more that carries out the proof's random operations. */
export const definition: ServiceDefinition = {
  ...billing,
  schema: `${billing.schema}${extension}`,
  resolvers: {
    ...billing.resolvers,
    Mutation: { ...(billing.resolvers as Resolvers)['Mutation'], moveMoney: mutation },
  },
  access: { ...billing.access, 'Mutation.moveMoney': 'authenticated', MoveMoneyPayload: 'inherit' },
};

if (import.meta.main) await runMain(definition);
