/** What a browser is answered with. */
export interface Page {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** In pieces where it may be long. */
  readonly body?: string | Uint8Array | AsyncIterable<string>;
  /** Called once this was sent, or will not be: whoever asked may be gone before it begins. */
  readonly onEnd?: () => void;
  /** Asked for by somebody who has shown nothing that lets them in, or something that is over. */
  readonly isStrangers?: boolean;
}

export interface PageRequest {
  readonly query: URLSearchParams;
  /** What the browser's person reads, as it says. */
  readonly acceptLanguage: string;
  /** The header of that name; empty where there is none. So is the other. */
  readonly authorization: string;
  readonly ifNoneMatch: string;
}

/** By path; each answers a GET. */
export type Pages = Readonly<Record<string, (request: PageRequest) => Promise<Page>>>;

/** Takes what a page sends. */
export interface Form {
  /** Looks at the headers alone, before the body is read. @returns the status to refuse it with. */
  readonly admit: (request: PageRequest) => Promise<number | undefined>;
  /** @param body JSON of any shape. */
  readonly answer: (request: PageRequest, body: unknown) => Promise<Page>;
}

/** By path; each takes a POST with JSON. */
export type Forms = Readonly<Record<string, Form>>;
