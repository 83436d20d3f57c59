import type { Role } from '@steward/auth';
import { newId } from '@steward/core';

import { demoTenants, type DemoAccount } from '../demo/accounts.ts';
import type { Platform } from './platform.ts';

export type GraphError = {
  message: string;
  path?: (string | number)[];
  extensions: {
    code: string;
    reason: string;
    rule?: string;
    violations?: { path?: string; reason: string; rule?: string; message?: string }[];
  };
};

export type Answer<D> = { data?: D | null; errors?: GraphError[] };

export type Sending = { language?: 'zh-CN' | 'en'; token?: string };

/** The gateway as clients meet it. */
export type GraphClient = {
  /** Whatever comes back. */
  send<D>(who: DemoAccount, document: string, variables?: object, sending?: Sending): Promise<Answer<D>>;
  /** The data; an error fails the test with its words. */
  graphql<D>(who: DemoAccount, document: string, variables?: object): Promise<D>;
  /** One mutation, for a selection of its payload. */
  mutate<P>(who: DemoAccount, name: string, input: object, selection: string): Promise<P>;
  /** Announces a file of a work order and puts it to where the service says. */
  upload(who: DemoAccount, about: UploadAbout, content: Uint8Array<ArrayBuffer>): Promise<string>;
};

type UploadAbout = { communityId: string; purpose: 'PHOTO' | 'SIGNATURE'; fileName: string };

const inputType = (mutation: string): string => `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;

/** A person of company A who lives in one community. */
export function residentOf(communityId: string, personId: string): DemoAccount {
  const role: Role = 'resident';
  const claims = { tenantId: demoTenants.a.id, personId, roles: [role], departments: [], communityIds: [communityId] };
  return { names: [role], tenant: 'a', role, sub: `e2e-${personId}`, claims: { ...claims, actor: 'person' } };
}

/** The document of a mutation with one input. */
export const mutationOf = (name: string, selection: string): string =>
  `mutation ($input: ${inputType(name)}!) { ${name}(input: $input) { ${selection} } }`;

/** Somebody of company A who works in one community. */
export function staffOf(role: Role, communityId: string, staffId: string = newId()): DemoAccount {
  return {
    names: [role],
    tenant: 'a',
    role,
    sub: `e2e-${role}-${staffId}`,
    claims: {
      tenantId: demoTenants.a.id,
      actor: 'staff',
      staffId,
      roles: [role],
      departments: [],
      communityIds: [communityId],
    },
  };
}

export function openGraph(platform: Platform): GraphClient {
  const tokens = new Map<DemoAccount, Promise<string>>();
  const tokenOf = (who: DemoAccount): Promise<string> => {
    const token = tokens.get(who) ?? platform.token(who);
    tokens.set(who, token);
    return token;
  };
  const send = async <D>(who: DemoAccount, document: string, variables = {}, sending: Sending = {}) => {
    const response = await fetch(`${platform.gatewayUrl}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'accept-language': sending.language ?? 'en',
        authorization: `Bearer ${sending.token ?? (await tokenOf(who))}`,
      },
      body: JSON.stringify({ query: document, variables }),
    });
    return (await response.json()) as Answer<D>;
  };
  const graphql = async <D>(who: DemoAccount, document: string, variables = {}): Promise<D> => {
    const { data, errors } = await send<D>(who, document, variables);
    if (errors !== undefined) throw new Error(JSON.stringify(errors, null, 1));
    return data as D;
  };
  const mutate = async <P>(who: DemoAccount, name: string, input: object, selection: string): Promise<P> => {
    const answer = await graphql<Record<string, P>>(who, mutationOf(name, selection), { input });
    return answer[name] as P;
  };
  return {
    send,
    graphql,
    mutate,
    upload: async (who, about, content) => {
      const input = { ...about, contentType: 'image/png', bytes: content.byteLength };
      type Created = { upload: { fileId: string; uploadUrl: string } };
      const { upload } = await mutate<Created>(who, 'createWorkOrderUpload', input, 'upload { fileId uploadUrl }');
      const put = await fetch(new URL(upload.uploadUrl, platform.gatewayUrl), { method: 'PUT', body: content });
      if (!put.ok) throw new Error(`the file was not taken: ${put.status} ${await put.text()}`);
      return upload.fileId;
    },
  };
}
