const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i;

/** Whether a host, without its port, is this machine itself. */
export const isLoopback = (hostname: string): boolean => LOOPBACK.test(hostname);
