/** The tab itself; what it loads lies below. */
export const TAB_PATH = '/tab';
/** What it asks, below. */
export const TAB_API_PATH = '/api/tab';
