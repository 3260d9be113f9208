import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sendAnswer } from '../chat/http.ts';
import { publicFolder, sendPageFile } from '../chat/page-files.ts';

/** One card on the page. */
export interface HungCard {
  /** Stands in its link, and stays. */
  readonly id: string;
  readonly title: string;
  /** What it is a state of. */
  readonly group: string;
  readonly card: unknown;
}

export interface GalleryParts {
  /** Any free one where it is left out. */
  readonly port?: number;
  readonly languages: readonly string[];
  /** Whose texts can stand on the cards. */
  readonly whose: readonly string[];
  /** All cards in one language; nothing where there is no such language, or nobody of that name. */
  readonly hang: (language: string, whose: string) => readonly HungCard[] | undefined;
}

export interface Gallery {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** The page draws what it is given, and knows no bot. */
const folders = [new URL('public/', import.meta.url), publicFolder];

/** Shows cards on a page of this machine, as Teams would draw them. */
export async function startGallery(parts: GalleryParts): Promise<Gallery> {
  const { languages, whose } = parts;
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (pathname !== '/cards') {
      await sendPageFile(response, pathname, folders);
      return;
    }
    const cards = parts.hang(searchParams.get('language') ?? '', searchParams.get('whose') ?? '');
    sendAnswer(
      response,
      cards === undefined
        ? { status: 404, body: { error: 'There are no such cards.', languages, whose } }
        : { status: 200, body: { languages, whose, cards } },
    );
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      console.error('The gallery failed.', error);
      if (response.headersSent) response.destroy();
      else sendAnswer(response, { status: 500, body: { error: 'The gallery failed.' } });
    });
  });
  server.listen(parts.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
