import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Router } from 'express';

const { resolve } = createRequire(import.meta.url);
const folderOf = (name: string): string => dirname(resolve(`${name}/package.json`));

/** Served from the installed packages: an IDE that works without the internet. */
const assets: Record<string, () => string> = {
  'react.js': () => join(folderOf('react'), 'umd/react.production.min.js'),
  'react-dom.js': () => join(folderOf('react-dom'), 'umd/react-dom.production.min.js'),
  'graphiql.js': () => join(folderOf('graphiql'), 'graphiql.min.js'),
  'graphiql.css': () => join(folderOf('graphiql'), 'graphiql.min.css'),
};

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Steward · GraphiQL</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/graphiql/graphiql.css">
<style>html, body, #graphiql { height: 100%; margin: 0; }</style>
</head>
<body>
<div id="graphiql"></div>
<script src="/graphiql/react.js"></script>
<script src="/graphiql/react-dom.js"></script>
<script src="/graphiql/graphiql.js"></script>
<script src="/graphiql/start.js"></script>
</body>
</html>
`;

const start = `const fetcher = GraphiQL.createFetcher({ url: '/graphql' });
const defaultQuery = [
  '# The schema can be browsed without a token. To ask for data, print one with',
  '#   npm run -s token -- clerk',
  '# and put it under "Headers" below: { "Authorization": "Bearer ..." }',
  '',
].join('\\n');
ReactDOM.createRoot(document.getElementById('graphiql')).render(
  React.createElement(GraphiQL, { fetcher, defaultQuery, defaultEditorToolsVisibility: 'headers', shouldPersistHeaders: true }),
);
`;

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  'font-src data:',
  "connect-src 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** GraphiQL for whoever opens `/graphql` in a browser. Mounted in development only. */
export function graphiqlRouter(): Router {
  const router = Router();
  router.get('/graphql', (request, response, next) => {
    if ('query' in request.query || request.accepts(['application/json', 'text/html']) !== 'text/html') return next();
    response.set('content-security-policy', policy).type('html').send(page);
  });
  router.get('/graphiql/start.js', (_request, response) => void response.type('js').send(start));
  router.get('/graphiql/:asset', (request, response, next) => {
    const { asset } = request.params;
    if (!Object.hasOwn(assets, asset)) return next();
    response.sendFile(assets[asset]?.() ?? '', { maxAge: '1d', dotfiles: 'allow' });
  });
  return router;
}
