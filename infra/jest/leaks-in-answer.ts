import { looksInternal } from '@steward/gateway/leaks';

/** People's data as tests seed it: mobile numbers and identity numbers of residents. */
const personal = [/\b1[3-9]\d{9}\b/, /\b\d{17}[\dXx]\b/];

type ErrorLike = { message?: unknown; extensions?: Record<string, unknown> };

/** Every text that an error answer puts before a person, whether of the graph, of files or of a fault before either. */
function textsOf(body: unknown): string[] {
  if (typeof body !== 'object' || body === null) return [];
  const { errors, message, reason } = body as { errors?: unknown; message?: unknown; reason?: unknown };
  const list: unknown[] = Array.isArray(errors) ? errors : typeof reason === 'string' ? [{ message }] : [];
  return list.flatMap((error) => {
    const { message: said, extensions = {} } = (error ?? {}) as ErrorLike;
    // A trace id is made of chance, and may look like anything.
    const { traceId: _chance, ...facts } = extensions;
    return [said, ...Object.values(facts).map((value) => JSON.stringify(value) ?? '')].filter(
      (text): text is string => typeof text === 'string',
    );
  });
}

/** The texts of an error answer in which a host, port, path, stack, SQL or personal data is found. */
export const leaksInAnswer = (body: unknown): string[] =>
  textsOf(body).filter((text) => looksInternal(text) || personal.some((pattern) => pattern.test(text)));
