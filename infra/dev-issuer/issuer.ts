/** The same on every machine and never resolvable, so that a token needs no running platform and can leave none. */
export const DEV_ISSUER = 'https://issuer.steward.invalid';
export const DEV_AUDIENCE = 'steward';
