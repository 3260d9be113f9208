import { getDocumentProxy } from 'unpdf';

/** What is in a PDF, as another program than the one that wrote it reads it. */
export interface ReadPdf {
  readonly pages: number;
  /** Every text, in order. */
  readonly text: string;
  /** Where its links lead, in order; one that stands on two lines is there twice. */
  readonly links: readonly string[];
  readonly title: string | undefined;
  readonly language: string | undefined;
}

export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const document = await getDocumentProxy(bytes.slice());
  try {
    const texts: string[] = [];
    const links: string[] = [];
    for (let page = 1; page <= document.numPages; page += 1) {
      const drawn = await document.getPage(page);
      const { items } = await drawn.getTextContent();
      texts.push(...items.flatMap((item) => ('str' in item ? [item.str + (item.hasEOL ? '\n' : '')] : [])));
      for (const { subtype, url } of (await drawn.getAnnotations()) as { subtype?: string; url?: string }[])
        if (subtype === 'Link' && url !== undefined) links.push(url);
    }
    const { info } = await document.getMetadata();
    const { Title, Language } = info as { readonly Title?: string; readonly Language?: string | null };
    return { pages: document.numPages, text: texts.join(''), links, title: Title, language: Language ?? undefined };
  } finally {
    await document.cleanup();
  }
}

/** Lines are broken where there is room, and that says nothing. */
export const plain = (text: string): string => text.replace(/\s+/g, '');
