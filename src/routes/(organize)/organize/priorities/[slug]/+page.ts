// A list is read far more than typed: whole pages do.
export const csr = false;
