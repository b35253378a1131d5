// A list of links.
export const csr = false;
