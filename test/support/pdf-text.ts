import { getDocumentProxy } from 'unpdf';

/** What is in a PDF, as another program than the one that wrote it reads it. */
export interface ReadPdf {
  readonly pages: number;
  /** Every text, in order. */
  readonly text: string;
  readonly title: string | undefined;
  readonly language: string | undefined;
}

export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const document = await getDocumentProxy(bytes.slice());
  try {
    const texts: string[] = [];
    for (let page = 1; page <= document.numPages; page += 1) {
      const { items } = await (await document.getPage(page)).getTextContent();
      texts.push(...items.flatMap((item) => ('str' in item ? [item.str + (item.hasEOL ? '\n' : '')] : [])));
    }
    const { info } = await document.getMetadata();
    const { Title, Language } = info as { readonly Title?: string; readonly Language?: string | null };
    return { pages: document.numPages, text: texts.join(''), title: Title, language: Language ?? undefined };
  } finally {
    await document.cleanup();
  }
}

/** Lines are broken where there is room, and that says nothing. */
export const plain = (text: string): string => text.replace(/\s+/g, '');
