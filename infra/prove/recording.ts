import type { Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import type { TestService } from '@steward/test-kit';

/** A mutation as it was sent, with the idempotency key that it was given. */
export type Sent = { viewer: Viewer; document: string; variables: object };

type Rewrite = (document: string, variables: object) => object;

const isMutation = (document: string): boolean => /^\s*mutation\b/.test(document);

function withKey(variables: object): object {
  const { input } = variables as { input?: object };
  return input === undefined ? variables : { ...variables, input: { idempotencyKey: newId(), ...input } };
}

/**
 * The same service to whoever fills it, except that every mutation gets an idempotency key, passes through `rewrite`
 * and is remembered.
 */
export function recording(service: TestService, sent: Sent[], rewrite: Rewrite = (_document, variables) => variables) {
  const noted = (viewer: Viewer, document: string, variables: object = {}): object => {
    if (!isMutation(document)) return variables;
    const said = withKey(rewrite(document, variables));
    sent.push({ viewer, document, variables: said });
    return said;
  };
  const recorded: TestService = {
    ...service,
    graphql: (viewer, document, variables, locale) =>
      service.graphql(viewer, document, noted(viewer, document, variables), locale),
    ok: (viewer, document, variables) => service.ok(viewer, document, noted(viewer, document, variables)),
    refused: (viewer, document, variables, locale) =>
      service.refused(viewer, document, noted(viewer, document, variables), locale),
  };
  return recorded;
}
