// Nothing on it is typed: its forms are on pages of their own.
export const csr = false;
