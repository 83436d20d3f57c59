import { loaded, type ChecklistRow, type Command } from '@steward/service-kit';

import { createProcedureUpload } from '../commands/create-procedure-upload.ts';
import type { ResidentsContext } from '../db/loaders.ts';
import type { MutationResolvers, ProcedureCheckResolvers, SignatureResolvers } from './generated.ts';

/** A mutation that runs a command and answers its aggregate as it then stands. */
export const answering =
  <Name extends string, Row>(
    name: Name,
    loader: (ctx: ResidentsContext) => { load(id: string): Promise<Row | null> },
  ) =>
  <Input>(command: Command<Input, { id: string }>) =>
  async (_parent: unknown, { input }: { input: Input }, ctx: ResidentsContext): Promise<Record<Name, Row>> => {
    const { id } = await ctx.command(command, input);
    return { [name]: await loaded(loader(ctx).load(id)) } as Record<Name, Row>;
  };

export const stub = (id: string | null): { id: string } | null => (id === null ? null : { id });

/** A code with its name from the labels, `documentKind.X`. */
export const named = (kind: string, code: string) => ({ code, labelKey: `${kind}.${code}` });

export const namedOrNull = (kind: string, code: string | null) => (code === null ? null : named(kind, code));

const ProcedureCheck: ProcedureCheckResolvers<ResidentsContext> = {
  item: ({ code }: ChecklistRow) => named('checkItem', code),
};

const Signature: SignatureResolvers<ResidentsContext> = {
  image: ({ imageFileId }, _args, ctx) => (imageFileId === null ? null : ctx.loaders.file.load(imageFileId)),
};

/** What procedures share. */
export const procedureTypes = { ProcedureCheck, Signature };

export const procedureMutations: Pick<MutationResolvers<ResidentsContext>, 'createProcedureUpload'> = {
  createProcedureUpload: async (_parent, { input }, ctx) => ({
    upload: await ctx.command(createProcedureUpload, input),
  }),
};
