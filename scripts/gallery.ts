/** Shows every card in every state and language on a page of this machine; `-- --port <port>` says where. */
import { parseArgs } from 'node:util';
import { startGalleryPage } from '../test/support/gallery-page.ts';

const { values } = parseArgs({ options: { port: { type: 'string', default: '3990' } } });
const { url } = await startGalleryPage(Number(values.port));
console.log(`Open ${url}`);
