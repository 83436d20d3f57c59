/** An advisory published against Apollo's server, gateway, federation or router, or against what they stand on. */
export type Advisory = {
  ids: readonly string[];
  of: 'server' | 'gateway' | 'composition' | 'router' | 'graphql-js';
  /** What could be done to whom. */
  what: string;
  /** Why it cannot be done here. */
  stoppedBy: string;
  /** The test that tries it, and words of its name. */
  test: { file: string; named: string };
};

const requests = 'gateway/test/advisories-requests.test.ts';
const planning = 'gateway/test/advisories-planning.test.ts';
const access = 'packages/auth/test/apply-access.test.ts';

export const advisories: readonly Advisory[] = [
  {
    ids: ['GHSA-2p3c-p3qw-69r4'],
    of: 'server',
    what: 'mutations by a multipart form of another site, where uploads were taken by graphql-upload',
    stoppedBy: 'uploads go to signed links; a POST that a form could send is refused',
    test: { file: 'gateway/test/http.test.ts', named: 'a POST that a form could send (%s) is refused' },
  },
  {
    ids: ['GHSA-9q82-xgwf-vj6h'],
    of: 'server',
    what: 'reads by another site (XS-Search) through a browser that sent odd content types without preflight',
    stoppedBy: 'a GET of any type but JSON is refused, also with the header that only scripts can send',
    test: { file: requests, named: 'GHSA-9q82-xgwf-vj6h' },
  },
  {
    ids: ['GHSA-mp6q-xf9x-fwf7', 'CVE-2026-23897'],
    of: 'server',
    what: 'time and memory lost on bodies in exotic character sets',
    stoppedBy: 'UTF-8 alone is taken, before the body is read',
    test: { file: requests, named: 'GHSA-mp6q-xf9x-fwf7' },
  },
  {
    ids: ['GHSA-8r69-3cvp-wxc3'],
    of: 'server',
    what: 'private data kept by caches, because a batch got the cache headers of one of its operations',
    stoppedBy: 'no batches; every answer says no-store',
    test: { file: requests, named: 'GHSA-8r69-3cvp-wxc3' },
  },
  {
    ids: ['GHSA-j5g3-5c8r-7qfx'],
    of: 'server',
    what: 'an API key written to the log',
    stoppedBy: 'no key is read and nothing is reported: the plugins are off by name',
    test: { file: requests, named: 'GHSA-j5g3-5c8r-7qfx' },
  },
  {
    ids: ['GHSA-qm7x-rc44-rrqw', 'GHSA-68jh-rf6x-836f'],
    of: 'server',
    what: 'scripts in the landing page: by its query string; by a nonce used twice',
    stoppedBy: 'no landing page; GraphiQL is static, and absent in production',
    test: { file: requests, named: 'GHSA-qm7x-rc44-rrqw' },
  },
  {
    ids: ['GHSA-w42g-7vfc-xf37'],
    of: 'server',
    what: 'introspection and unchecked operations through the WebSocket of subscriptions',
    stoppedBy: 'HTTP is the only way in',
    test: { file: requests, named: 'GHSA-w42g-7vfc-xf37' },
  },
  {
    ids: ['GHSA-q2f9-x4p4-7xmh', 'CVE-2025-32030', 'CVE-2025-32031'],
    of: 'gateway',
    what: 'named fragments that are nested and reused, written out exponentially by the planner or past its short cuts',
    stoppedBy: 'fields are counted with every fragment written out, each fragment measured once, before planning',
    test: { file: planning, named: 'GHSA-q2f9-x4p4-7xmh' },
  },
  {
    ids: ['CVE-2025-32032', 'CVE-2025-32033', 'CVE-2025-32034', 'CVE-2025-32380', 'CVE-2025-31496'],
    of: 'router',
    what: 'the same in the validation, limits and planning of the router and its compiler',
    stoppedBy: 'the same bound, before validation',
    test: { file: planning, named: 'CVE-2025-32032' },
  },
  {
    ids: ['GHSA-fmj9-77q8-g6c4', 'CVE-2024-43414'],
    of: 'gateway',
    what: 'a planner that never ended on fields which many services share',
    stoppedBy: 'the number of plans that are weighed is bounded',
    test: { file: planning, named: 'GHSA-fmj9-77q8-g6c4' },
  },
  {
    ids: ['CVE-2026-32621'],
    of: 'gateway',
    what: 'Object.prototype changed by aliases, variable names or answers of services (__proto__)',
    stoppedBy: 'a mended gateway, at 2.14.4',
    test: { file: requests, named: 'CVE-2026-32621' },
  },
  {
    ids: ['GHSA-mx7m-j9xf-62hw'],
    of: 'composition',
    what: 'access directives on interfaces passed by asking the implementing types through fragments',
    stoppedBy: 'access is a row of the object type, in the service that owns it; no directive takes part',
    test: { file: access, named: 'reached through an interface or a union is judged the same' },
  },
  {
    ids: ['GHSA-m8jr-fxqx-8xx6'],
    of: 'composition',
    what: 'protected fields fetched unchecked for the sake of another field (@requires, @fromContext)',
    stoppedBy: 'the owning service judges every fetch by the viewer for whom it is made, whatever asked for it',
    test: { file: access, named: 'fetched for another field (@requires) is judged as if it were asked for' },
  },
  {
    ids: ['CVE-2025-64347'],
    of: 'router',
    what: 'access directives that were renamed on import were not enforced',
    stoppedBy: 'no directive takes part; a field without a row stops the service from starting',
    test: { file: access, named: 'every uncovered coordinate is listed' },
  },
  {
    ids: ['CVE-2023-41317', 'CVE-2023-45812'],
    of: 'router',
    what: 'the process ended by an anonymous subscription, or by multipart answers',
    stoppedBy: 'neither is offered: both are refused as faults of the operation',
    test: { file: requests, named: 'CVE-2023-41317' },
  },
  {
    ids: ['GHSA-cgqf-3cq5-wvcj', 'CVE-2024-28101'],
    of: 'router',
    what: 'the limit of a body was asked only after a compressed one had been unpacked whole',
    stoppedBy: 'packed bodies are not taken',
    test: { file: requests, named: 'CVE-2024-28101' },
  },
  {
    ids: ['CVE-2024-43783'],
    of: 'router',
    what: 'bodies buffered without limit on a side way',
    stoppedBy: 'one way for all bodies, counted also where no length is given',
    test: { file: requests, named: 'CVE-2024-43783' },
  },
  {
    ids: ['CVE-2024-32971'],
    of: 'router',
    what: 'an operation answered by the plan of another',
    stoppedBy: 'plans are kept by the whole text and the name of the operation',
    test: { file: requests, named: 'CVE-2024-32971' },
  },
  {
    ids: ['CVE-2023-26144'],
    of: 'graphql-js',
    what: 'validation whose time grows with the square of fields that may overlap',
    stoppedBy: 'bounds on fields before validation, and a mended graphql with a bound of its own',
    test: { file: planning, named: 'CVE-2023-26144' },
  },
];
