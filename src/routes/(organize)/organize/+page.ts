// The organizers' pages is read, and its forms stand on pages of their own.
export const csr = false;
