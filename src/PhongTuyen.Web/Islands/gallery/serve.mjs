// Serves the gallery with what the islands ask for. For looking and trying only; nothing of it is published.
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const www = join(here, '../../wwwroot');
const types = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.txt': 'text/plain; charset=utf-8' };
const policy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'";

const areas = [
  { id: 1, name: 'Thị trấn Thới Bình', path: 'Thị trấn Thới Bình, Huyện Thới Bình, Tỉnh Cà Mau' },
  { id: 2, name: 'Xã Thới Bình Đông', path: 'Xã Thới Bình Đông, Huyện Thới Bình, Tỉnh Cà Mau' },
  { id: 3, name: 'Phường Phương Liễu', path: 'Phường Phương Liễu, Thị xã Quế Võ, Tỉnh Bắc Ninh' },
];
let version = 1;
let read = 0;

const figures = () => ({ asOf: '2021-08-05T15:20:00+07:00', version: ++version, values: { 'in-quarantine': 1234 + version % 7, 'free-beds': 318 - version % 5, 'late-units': 5 } });

const apis = {
  '/api/areas': url => areas.filter(area => area.path.toLowerCase().includes((url.searchParams.get('q') ?? '').toLowerCase())),
  '/api/units': url => areas.map(area => ({ id: area.id, name: `Khu cách ly ${area.name}`, path: `Khu cách ly ${area.name}` })).filter(unit => unit.name.toLowerCase().includes((url.searchParams.get('q') ?? '').toLowerCase())),
  '/api/figures': figures,
  '/api/imports/1': () => { read = Math.min(read + 300, 4812); return { state: 'committing', read: 4812, done: read, accepted: read - 12, duplicate: 9, rejected: 3 }; },
};

createServer((request, response) => {
  const url = new URL(request.url, 'http://localhost');
  response.setHeader('content-security-policy', policy);
  if (url.pathname === '/api/live') {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    const send = () => response.write(`event: figures\ndata: ${JSON.stringify(figures())}\n\n`);
    const timer = setInterval(send, 3000);
    response.on('close', () => clearInterval(timer));
    send();
  } else if (apis[url.pathname]) {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(apis[url.pathname](url)));
  } else {
    const path = url.pathname === '/' ? '/desk.html' : normalize(url.pathname);
    const file = [join(www, path), join(here, path)].find(candidate => extname(candidate) in types && existsSync(candidate));
    if (!file) { response.writeHead(404).end(); return; }
    response.writeHead(200, { 'content-type': types[extname(file)] });
    createReadStream(file).pipe(response);
  }
}).listen(Number(process.env.PORT ?? 5190), 'localhost', function () { console.log(`http://localhost:${this.address().port}`); });
